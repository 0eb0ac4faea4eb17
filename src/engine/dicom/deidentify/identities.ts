/** Who and what a file names: for cleaning its text, and for looking whether any of it is left. */
import { attributeOf } from '../dictionary/attributes.ts';
import { type DataSet } from '../read/data-set.ts';
import { type DicomFile } from '../read/part10.ts';
import { isPrivate, SOP_CLASS_UID, type Tag } from '../tag.ts';
import { type KnownIdentities } from './free-text/clean-text.ts';
import { isCommonPlace, isParticle, isSafeWord } from './free-text/vocabulary.ts';
import { needlesOf, type Needle, type NeedleKind } from './leak-check.ts';
import { type Profile } from './profile/profile.ts';
import { profileRow } from './profile/table.ts';

export interface SourceIdentities {
  readonly known: KnownIdentities;
  readonly needles: readonly Needle[];
}

/** Stand in names and identifiers of files that name nobody. */
const placeholders =
  /^(?:anon\w*|unknown|none|null|removed|test|patient|doctor|dr|n\/?a|not available|(.)\1*)$/i;
const identifier = /(?:ID|Identifier|Number|AETitle)$/;
const place =
  /Address|Institution|Telephone|Country|Region|Residence|Organization|Location|Site|Sponsor|CenterName|Station|Contact/;

const kinds = new Map<Tag, NeedleKind | 'other'>();

/** What kind of identifying value an attribute holds, if any. */
export function identityKind(tag: Tag): NeedleKind | undefined {
  let kind = kinds.get(tag);
  if (kind === undefined) {
    kind = decide(tag) ?? 'other';
    kinds.set(tag, kind);
  }
  return kind === 'other' ? undefined : kind;
}

function decide(tag: Tag): NeedleKind | undefined {
  const attribute = isPrivate(tag) ? undefined : attributeOf(tag);
  if (!attribute) return undefined;
  const { vr, keyword } = attribute;
  if (vr === 'PN') return 'name';
  if (vr === 'UI') return 'uid';
  if (vr === 'DA' || vr === 'DT') return 'date';
  if (vr === 'AE') return 'id';
  if (!profileRow(tag) || !['LO', 'SH', 'ST', 'LT', 'UT', 'UC'].includes(vr)) return undefined;
  if (place.test(keyword)) return 'address';
  return identifier.test(keyword) ? 'id' : undefined;
}

/** All that a file names of its own, at every depth; what the profile keeps is not sought afterwards. */
export function identitiesOf(file: DicomFile, profile: Profile): SourceIdentities {
  const words = new Set<string>();
  const identifiers = new Set<string>();
  const needles = new Map<string, Needle>();
  const add = (tag: Tag, kind: NeedleKind, value: string) => {
    for (const needle of needlesOf(tag, kind, kind === 'date' ? value.slice(0, 8) : value)) {
      if (isTelling(needle)) needles.set(needle.text, needle);
    }
    for (const whole of wholes(kind, value)) {
      if (whole.length >= 3 && !placeholders.test(whole)) identifiers.add(whole);
    }
    if (kind !== 'name' && kind !== 'address') return;
    for (const word of value.toLowerCase().match(/[\p{L}\p{M}\p{N}]{2,}/gu) ?? []) {
      // Numbers of houses and wards are measures elsewhere.
      if (placeholders.test(word) || isParticle(word) || /^\d{1,3}$/.test(word)) continue;
      if (kind === 'name' || !isCommonPlace(word)) words.add(word);
    }
  };
  const sopClass = file.dataSet.text(SOP_CLASS_UID);
  const collect = (dataSet: DataSet, parent: Tag | undefined) => {
    for (const element of dataSet.elements) {
      const { tag, items } = element;
      if (items) {
        for (const item of items) collect(item.dataSet, isPrivate(tag) ? undefined : tag);
        continue;
      }
      const kind = identityKind(tag);
      if (kind === undefined || element.length === 0 || element.length > 4096) continue;
      const handling = profile.handling(tag, sopClass, parent);
      if (handling === 'keep' || handling === 'scrub') continue;
      if (kind === 'uid' && handling !== 'uid') continue;
      for (const value of dataSet.stringsOf(element)) {
        if (kind !== 'uid' || !value.startsWith(standardRoot)) add(tag, kind, value);
      }
    }
  };
  collect(file.dataSet, undefined);
  for (const element of file.meta?.elements ?? []) {
    if (identityKind(element.tag) !== 'id' || profile.has('retain-device-identity')) continue;
    for (const value of file.meta?.stringsOf(element) ?? []) add(element.tag, 'id', value);
  }
  return { known: { words, identifiers: [...identifiers] }, needles: [...needles.values()] };
}

/** Of an identifier all of it; of an address each line and each part between commas that says where it is. */
function wholes(kind: NeedleKind, value: string): string[] {
  if (kind === 'id') return [value.trim()];
  if (kind !== 'address') return [];
  return value
    .split(/[,;\r\n]+/)
    .map((part) => part.trim())
    .filter((part) => part.length >= 6 && !isCommonPlace(part));
}

/** UIDs below it are of the standard itself. */
export const standardRoot = '1.2.840.10008.';

function isTelling({ kind, text }: Needle): boolean {
  if (placeholders.test(text)) return false;
  if (kind === 'date')
    return /^(?:1[6-9]|2\d)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/.test(text) && text !== '19000101';
  if (kind === 'uid') return /\d\.\d/.test(text);
  if (kind === 'address') return !isCommonPlace(text);
  return kind === 'name' || !isSafeWord(text);
}
