/** What changes in a file under a profile: the edits that do it, and each of them to be looked at beforehand. */
import { attributeOf, creatorTagOf } from '../dictionary/attributes.ts';
import { type DataSet, type DicomElement } from '../read/data-set.ts';
import { type DicomFile } from '../read/part10.ts';
import {
  groupOf,
  isGroupLength,
  isPrivate,
  isPrivateCreator,
  PIXEL_DATA,
  SOP_CLASS_UID,
  type Tag,
} from '../tag.ts';
import { isText, type Vr } from '../vr.ts';
import { type Edit } from '../write/edits.ts';
import { CODING_SCHEME_DESIGNATOR, isKnownScheme } from './coding-schemes.ts';
import { type KnownIdentities } from './free-text/clean-text.ts';
import { markers } from './markers.ts';
import { patientOf, type Patient } from '../patient.ts';
import { type Handling, type Profile } from './profile/profile.ts';
import { isSafePrivate } from './profile/safe-private.ts';
import { type Pseudonyms } from './pseudonyms.ts';
import { newValue, type NewValue } from './new-value.ts';

/** One attribute before and after. */
export interface Change {
  /** Tags of the sequences around it first, then its own. */
  readonly path: readonly Tag[];
  readonly handling: Handling | 'private' | 'unknown';
  /** Undefined where it was not there, or goes. For eyes only: never for a log or an error. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Words that cleaning kept, for a person to look over. */
  readonly kept: readonly string[];
}

export interface PlanContext {
  readonly profile: Profile;
  readonly pseudonyms: Pseudonyms;
  readonly known: KnownIdentities;
  /** Told of each attribute that changes, or whose text was cleaned. */
  readonly onChange?: ((change: Change) => void) | undefined;
}

/** What the values of one file hang on. */
export interface Subject {
  readonly sopClass: string | undefined;
  readonly patient: Patient;
  /** Days that dates move by. */
  readonly days: number;
}

const TRAILING_PADDING: Tag = 0xfffcfffc;
const PRIVATE_CHARACTERISTICS: Tag = 0x00080300;

/** How elements of a sequence are treated: by the profile, or also cleaned or made dummies where it would keep them. */
type Depth = 'profile' | 'clean' | 'dummy';

/** The edits for a file. The file meta group and the preamble are to be written afresh besides. */
export function planFile(file: DicomFile, context: PlanContext): Edit[] {
  const { dataSet } = file;
  const patient = patientOf(dataSet);
  const subject = {
    sopClass: dataSet.text(SOP_CLASS_UID),
    patient,
    // Only asked where dates move.
    get days() {
      return context.pseudonyms.days(patient);
    },
  };
  const edits = new Planner(context, subject).edits(dataSet, [], 'profile');
  const marks = markersOf(context.profile);
  return [...edits.filter(({ tag }) => marks.every((mark) => mark.tag !== tag)), ...marks];
}

const marksOf = new WeakMap<Profile, readonly Edit[]>();

/** The same in all files of a profile. */
function markersOf(profile: Profile): readonly Edit[] {
  let marks = marksOf.get(profile);
  if (!marks) marksOf.set(profile, (marks = markers(profile)));
  return marks;
}

class Planner {
  readonly #context: PlanContext;
  readonly #subject: Subject;

  constructor(context: PlanContext, subject: Subject) {
    this.#context = context;
    this.#subject = subject;
  }

  edits(dataSet: DataSet, around: readonly Tag[], depth: Depth): Edit[] {
    const creators = this.#safeCreators(dataSet);
    const edits: Edit[] = [];
    for (const element of dataSet.elements) {
      const edit = this.#edit(dataSet, element, around, depth, creators);
      if (edit) edits.push(edit);
    }
    return edits;
  }

  #edit(
    dataSet: DataSet,
    element: DicomElement,
    around: readonly Tag[],
    depth: Depth,
    creators: ReadonlySet<Tag>,
  ): Edit | undefined {
    const { tag } = element;
    if (isPrivate(tag)) {
      const isKept = isPrivateCreator(tag) ? creators.has(tag) : this.#isSafe(dataSet, element);
      return isKept ? undefined : this.#remove(dataSet, element, around, 'private');
    }
    if (isNeverKept(tag)) return this.#remove(dataSet, element, around, 'remove');
    if (attributeOf(tag) === undefined) return this.#remove(dataSet, element, around, 'unknown');
    const handling = this.#context.profile.handling(tag, this.#subject.sopClass, around.at(-1));
    if (element.items) return this.#sequence(dataSet, element, around, depth, handling);
    if (isUnreadSequence(element)) return this.#remove(dataSet, element, around, handling);
    return this.#value(dataSet, element, around, deepened(handling, dataSet.vr(element), depth));
  }

  #sequence(
    dataSet: DataSet,
    element: DicomElement,
    around: readonly Tag[],
    depth: Depth,
    handling: Handling,
  ): Edit | undefined {
    const { tag, items = [] } = element;
    if (handling === 'remove') return this.#remove(dataSet, element, around, handling);
    if (handling === 'empty') {
      this.#tell(dataSet, element, around, handling, '');
      return { kind: 'setItems', tag, items: [] };
    }
    const path = [...around, tag];
    const own = handling === 'dummy' ? 'dummy' : handling === 'clean' ? 'clean' : 'profile';
    const inner = depth === 'dummy' || own === 'profile' ? depth : own;
    const edits = items.map(({ dataSet: item }) =>
      this.edits(item, path, own === 'profile' && isKnownCode(item) ? 'profile' : inner),
    );
    return edits.some((list) => list.length > 0) ? { kind: 'items', tag, items: edits } : undefined;
  }

  #value(
    dataSet: DataSet,
    element: DicomElement,
    around: readonly Tag[],
    handling: Handling,
  ): Edit | undefined {
    const { tag } = element;
    if (handling === 'remove') return this.#remove(dataSet, element, around, handling);
    if (handling === 'keep') return undefined;
    // What is empty says nothing, and stays as valid as it is.
    if (element.length === 0) return undefined;
    const made: NewValue | undefined = newValue(dataSet, element, handling, this.#subject, this.#context);
    if (!made) return undefined;
    const { vr, value, kept } = made;
    this.#tell(dataSet, element, around, handling, value, kept);
    return { kind: 'set', tag, vr, value };
  }

  #remove(
    dataSet: DataSet,
    element: DicomElement,
    around: readonly Tag[],
    handling: Change['handling'],
  ): Edit {
    this.#tell(dataSet, element, around, handling, undefined);
    return { kind: 'remove', tag: element.tag };
  }

  #tell(
    dataSet: DataSet,
    element: DicomElement,
    around: readonly Tag[],
    handling: Change['handling'],
    value: NewValue['value'] | undefined,
    kept: readonly string[] = [],
  ): void {
    const { onChange } = this.#context;
    if (onChange) onChange(new ElementChange(dataSet, element, around, handling, value, kept));
  }

  #isSafe(dataSet: DataSet, element: DicomElement): boolean {
    const { profile } = this.#context;
    const { tag, vr, items, fragments } = element;
    if (!profile.has('retain-safe-private') || items || fragments) return false;
    return isSafePrivate(tag, vr, dataSet.creatorOf(tag), dataSet.bytesOf(element));
  }

  /** Creators of blocks of which an element stays. */
  #safeCreators(dataSet: DataSet): ReadonlySet<Tag> {
    const creators = new Set<Tag>();
    if (!this.#context.profile.has('retain-safe-private')) return creators;
    for (const element of dataSet.elements) {
      const creator = creatorTagOf(element.tag);
      if (creator !== undefined && this.#isSafe(dataSet, element)) creators.add(creator);
    }
    return creators;
  }
}

/** Those who only count need no words. */
class ElementChange implements Change {
  readonly path: readonly Tag[];
  readonly handling: Change['handling'];
  readonly kept: readonly string[];
  readonly #dataSet: DataSet;
  readonly #element: DicomElement;
  readonly #value: NewValue['value'] | undefined;

  constructor(
    dataSet: DataSet,
    element: DicomElement,
    around: readonly Tag[],
    handling: Change['handling'],
    value: NewValue['value'] | undefined,
    kept: readonly string[],
  ) {
    this.path = [...around, element.tag];
    this.handling = handling;
    this.kept = kept;
    this.#dataSet = dataSet;
    this.#element = element;
    this.#value = value;
  }

  get before(): string {
    return inWords(this.#dataSet, this.#element);
  }

  get after(): string | undefined {
    return this.#value === undefined ? undefined : shown(this.#value);
  }
}

/**
 * Lengths of groups and padding can hold anything and say nothing; groups of files and messages do not belong into a
 * data set; of overlays and curves the parts are of no use without what is drawn, which can be text.
 */
function isNeverKept(tag: Tag): boolean {
  const group = groupOf(tag);
  return (
    isGroupLength(tag) ||
    group < 0x0008 ||
    (group >= 0x5000 && group <= 0x50ff) ||
    (group >= 0x6000 && group <= 0x60ff) ||
    tag === TRAILING_PADDING ||
    tag === PRIVATE_CHARACTERISTICS
  );
}

/** A value that ought to be a sequence and cannot be read as one. */
function isUnreadSequence({ tag, vr, length }: DicomElement): boolean {
  return vr !== 'SQ' && length > 0 && attributeOf(tag)?.vr === 'SQ';
}

function isKnownCode(item: DataSet): boolean {
  return item.get(0x00080100) !== undefined && isKnownScheme(item.text(CODING_SCHEME_DESIGNATOR) ?? '');
}

/** Within what is cleaned or made a dummy, text that would stay does not. */
function deepened(handling: Handling, vr: Vr, depth: Depth): Handling {
  // Dates that are moved stay where all else is a dummy.
  const isDate = vr === 'DA' || vr === 'DT' || vr === 'TM';
  const isOpen =
    handling === 'keep' || handling === 'scrub' || (handling === 'clean' && depth === 'dummy' && !isDate);
  if (depth === 'profile' || !isOpen || vr === 'CS' || vr === 'UI') return handling;
  if (depth === 'clean') return isText(vr) && vr !== 'DS' && vr !== 'IS' ? 'clean' : handling;
  return isText(vr) || ['OB', 'UN', 'SQ'].includes(vr) ? 'dummy' : handling;
}

const longestShown = 200;

function inWords(dataSet: DataSet, element: DicomElement): string {
  if (element.tag === PIXEL_DATA) return '';
  if (element.items) return `[${String(element.items.length)}]`;
  return shown(dataSet.stringsOf(element).join('\\'));
}

function shown(value: string | readonly number[] | Uint8Array): string {
  if (value instanceof Uint8Array) return `[${String(value.length)} bytes]`;
  const text = typeof value === 'string' ? value : value.join('\\');
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}
