/** What is to change in a data set. What no edit names stays as it is, byte for byte. */
import { type Tag } from '../tag.ts';
import { type Vr } from '../vr.ts';

export type Edit = RemoveEdit | SetEdit | ItemsEdit | SetItemsEdit | SetFramesEdit;

export interface RemoveEdit {
  readonly kind: 'remove';
  readonly tag: Tag;
}

/** A new value, of an element that is there or is not. */
export interface SetEdit {
  readonly kind: 'set';
  readonly tag: Tag;
  /** Left out, that of the element, or of the dictionary where it is new. */
  readonly vr?: Vr;
  /** Bytes as they are to stand; text with backslashes between its values; numbers for any that holds numbers. */
  readonly value: Uint8Array | string | readonly number[];
}

/** Changes within the items of a sequence that is there. */
export interface ItemsEdit {
  readonly kind: 'items';
  readonly tag: Tag;
  /** For each item, in order; those beyond the end of the list stay as they are. */
  readonly items: readonly (readonly Edit[])[];
}

/** A sequence of new items. */
export interface SetItemsEdit {
  readonly kind: 'setItems';
  readonly tag: Tag;
  /** Each item as the edits that fill an empty one. */
  readonly items: readonly (readonly Edit[])[];
}

/** Pixel data of new frames. */
export interface SetFramesEdit {
  readonly kind: 'setFrames';
  readonly tag: Tag;
  readonly vr: 'OB' | 'OW';
  /** One fragment each where encapsulated, else one after the other. */
  readonly frames: readonly Uint8Array[];
  readonly encapsulated: boolean;
}
