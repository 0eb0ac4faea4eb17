/** What MIDI-B asks of a de-identified file, kind by kind. */
import type { Tag } from '../../src/engine/dicom/tag.ts';

export const checkKinds = [
  'tag_retained',
  'text_notnull',
  'text_retained',
  'text_removed',
  'date_shifted',
  'uid_changed',
  'uid_consistent',
  'patid_consistent',
  'pixels_hidden',
  'pixels_retained',
] as const;
export type CheckKind = (typeof checkKinds)[number];

/** An element by its tag, after those of the sequences around it, each with the number of the item. */
export interface Place {
  readonly around: readonly { readonly tag: Tag; readonly item: number }[];
  readonly tag: Tag;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type Check =
  | { readonly kind: 'tag_retained' | 'text_notnull'; readonly place: Place }
  /** The whole value, or words that stay among others. */
  | { readonly kind: 'text_retained'; readonly place: Place; readonly text: string; readonly whole: boolean }
  /** `isFree` of text whose rest may stay. */
  | {
      readonly kind: 'text_removed';
      readonly place: Place;
      readonly pieces: readonly string[];
      readonly isFree?: boolean;
    }
  | { readonly kind: 'date_shifted'; readonly place: Place; readonly old: string }
  | { readonly kind: 'uid_changed' | 'uid_consistent'; readonly place: Place; readonly old: string }
  | { readonly kind: 'patid_consistent'; readonly place: Place; readonly old: string }
  /** Pixels of letters, in every frame. */
  | { readonly kind: 'pixels_hidden'; readonly ink: readonly number[] }
  /** Where every frame is as it was; the whole of it unless said. */
  | { readonly kind: 'pixels_retained'; readonly box?: Box };

/** One file of the corpus and what is asked of it. */
export interface Specimen {
  /** Of the instance. */
  readonly uid: string;
  readonly patient: string;
  readonly modality: string;
  readonly transferSyntax: string;
  readonly bytes: Uint8Array;
  readonly checks: readonly Check[];
}
