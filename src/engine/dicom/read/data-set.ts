/** A data set as it lies in a file: where its elements are, and their values once asked for. */
import { characterSetOf, type CharacterSet } from '../character-set.ts';
import { attributeOf, creatorTagOf, vrOf } from '../dictionary/attributes.ts';
import {
  isPrivate,
  isPrivateCreator,
  PIXEL_REPRESENTATION,
  SPECIFIC_CHARACTER_SET,
  type Tag,
} from '../tag.ts';
import { type Encoding } from '../transfer-syntax.ts';
import { isMultiValuedText, isText, numberSize, usesCharacterSet, type Vr } from '../vr.ts';
import { readNumber } from './bytes.ts';

/** Bytes from `start` up to, not including, `end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Where an element lies in the bytes of its data set; nothing is copied. */
export interface DicomElement {
  readonly tag: Tag;
  /** What the file says, or the dictionary where the file does not. UN stays UN even where the tag is known. */
  readonly vr: Vr;
  /** Where its header begins. */
  readonly start: number;
  readonly valueStart: number;
  /** End of the whole element, delimiters included. */
  readonly end: number;
  /** Of the value in bytes; of an undefined length, what lies between header and delimiter. */
  readonly length: number;
  readonly undefinedLength: boolean;
  /** Wherever the value is a sequence, be its value representation SQ or UN. */
  readonly items?: readonly DicomItem[];
  /** Of encapsulated pixel data, without the first, which is the offset table. */
  readonly fragments?: readonly ByteRange[];
  /** Offsets of frames from the first fragment on; empty where the table is. */
  readonly offsetTable?: readonly number[];
}

export interface DicomItem extends ByteRange {
  readonly dataSet: DataSet;
  readonly undefinedLength: boolean;
}

export class DataSet {
  /** What elements point into. */
  readonly source: Uint8Array;
  readonly encoding: Encoding;
  /** In the order of the file. */
  readonly elements: readonly DicomElement[];
  /** The data set of whose sequence this is an item. */
  readonly parent: DataSet | undefined;
  #byTag: Map<Tag, DicomElement> | undefined;
  #characterSet: CharacterSet | undefined;

  /** @param elements May still grow until the data set is first asked for one. */
  constructor(
    source: Uint8Array,
    encoding: Encoding,
    elements: readonly DicomElement[],
    parent: DataSet | undefined,
  ) {
    this.source = source;
    this.encoding = encoding;
    this.elements = elements;
    this.parent = parent;
  }

  /** The first element with this tag. */
  get(tag: Tag): DicomElement | undefined {
    if (!this.#byTag) {
      this.#byTag = new Map();
      for (const element of this.elements) {
        if (!this.#byTag.has(element.tag)) this.#byTag.set(element.tag, element);
      }
    }
    return this.#byTag.get(tag);
  }

  /** That of (0008,0005), or of the data set around it. */
  get characterSet(): CharacterSet {
    this.#characterSet ??= this.get(SPECIFIC_CHARACTER_SET)
      ? characterSetOf(this.strings(SPECIFIC_CHARACTER_SET))
      : (this.parent?.characterSet ?? characterSetOf([]));
    return this.#characterSet;
  }

  /** How the value of an element is to be read: what the dictionary says of UN, and signed where samples are. */
  vr(element: DicomElement): Vr {
    const { tag, vr } = element;
    if (vr === 'UN') return vrOf(tag);
    if (vr === 'US' && !this.encoding.explicit && attributeOf(tag)?.vrs.includes('SS') === true) {
      return this.#pixelsAreSigned() ? 'SS' : 'US';
    }
    return vr;
  }

  /** The value as it lies in the file; undefined where there is no such element. */
  bytes(tag: Tag): Uint8Array | undefined {
    const element = this.get(tag);
    return element && this.bytesOf(element);
  }

  /** As `bytes`, of an element of this data set. */
  bytesOf({ valueStart, length }: DicomElement): Uint8Array {
    return this.source.subarray(valueStart, valueStart + length);
  }

  /**
   * The values of text, trimmed as their value representation has it; numbers in words; nothing where the element is
   * missing, empty or neither text nor numbers.
   */
  strings(tag: Tag): string[] {
    const element = this.get(tag);
    return element ? this.stringsOf(element) : [];
  }

  /** As `strings`, of an element of this data set. */
  stringsOf(element: DicomElement): string[] {
    const vr = this.vr(element);
    if (!isText(vr)) return this.numbersOf(element).map(String);
    const text = this.#decode(element, vr);
    if (text === '') return [];
    if (!isMultiValuedText(vr)) return [withoutPadding(text)];
    return text.includes('\\') ? text.split('\\').map((value) => trimmed(value, vr)) : [trimmed(text, vr)];
  }

  /** The first value as text; undefined where there is none or it is empty. */
  text(tag: Tag): string | undefined {
    const [first] = this.strings(tag);
    return first === '' ? undefined : first;
  }

  /** Numbers of DS, IS and the binary value representations, tags of AT; what is no number is NaN. */
  numbers(tag: Tag): number[] {
    const element = this.get(tag);
    return element ? this.numbersOf(element) : [];
  }

  /** As `numbers`, of an element of this data set. */
  numbersOf(element: DicomElement): number[] {
    const vr = this.vr(element);
    if (vr === 'DS' || vr === 'IS') {
      return this.stringsOf(element).map((text) => (text === '' ? Number.NaN : Number(text)));
    }
    const size = vr === 'AT' ? 4 : numberSize(vr);
    if (size === undefined || element.items || element.fragments) return [];
    const encoding = element.vr === 'UN' ? { ...this.encoding, littleEndian: true } : this.encoding;
    return Array.from({ length: Math.floor(element.length / size) }, (_, i) =>
      readNumber(this.source, element.valueStart + i * size, vr, encoding),
    );
  }

  /** The data sets of a sequence's items. */
  items(tag: Tag): DataSet[] {
    return this.get(tag)?.items?.map(({ dataSet }) => dataSet) ?? [];
  }

  /** Who has reserved the block of a private element; undefined for standard ones and where nobody has. */
  creatorOf(tag: Tag): string | undefined {
    const creator = isPrivate(tag) && !isPrivateCreator(tag) ? creatorTagOf(tag) : undefined;
    return creator === undefined ? undefined : this.text(creator);
  }

  #decode(element: DicomElement, vr: Vr): string {
    const bytes = this.bytesOf(element);
    return usesCharacterSet(vr)
      ? this.characterSet.decode(bytes, vr)
      : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  }

  #pixelsAreSigned(): boolean {
    const [representation] = this.numbers(PIXEL_REPRESENTATION);
    if (representation === undefined && this.parent) return this.parent.#pixelsAreSigned();
    return representation === 1;
  }
}

function withoutPadding(text: string): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] === ' ' || text[end - 1] === '\0')) end--;
  return text.slice(0, end);
}

function trimmed(text: string, vr: Vr): string {
  const end = withoutPadding(text);
  // Leading spaces of names are of their first group; everywhere else they are padding (PS3.5 section 6.2).
  return vr === 'PN' || vr === 'UC' || !end.startsWith(' ') ? end : end.replace(/^ +/, '');
}
