/** How binding attributes are in the IOD of a file (PS3.3; PS3.5 section 7.4 defines the types). */
import types from '../../../../../resources/dicom/attribute_types.json' with { type: 'json' };
import { hexOf } from './table.ts';

/** `3` also for attributes that the IOD does not have; `unknown` where the IOD itself is not known. */
export type AttributeType = '1' | '1C' | '2' | '2C' | '3' | 'unknown';

const iodOf = new Map<string, string>(Object.entries(types.sopClasses));
const common = texts(types.common);
const iods = new Map(Object.entries(types.iods).map(([iod, of]) => [iod, texts(of)]));
const nested = texts(types.nested);

function texts(of: object): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(of)) if (typeof value === 'string') found.set(key, value);
  return found;
}

/**
 * Of the modules of an IOD, all taken as present, the most binding type of an attribute. Within sequences: the most
 * binding that any module gives it in that sequence.
 */
export function attributeType(
  sopClass: string | undefined,
  tag: number,
  parent: number | undefined,
): AttributeType {
  if (parent !== undefined) return typed(nested.get(`${hexOf(parent)}.${hexOf(tag)}`));
  const of = iods.get(iodOf.get(sopClass ?? '') ?? '');
  if (of === undefined) return 'unknown';
  return typed(of.get(hexOf(tag)) ?? common.get(hexOf(tag)));
}

function typed(text: string | undefined): AttributeType {
  return text === '1' || text === '1C' || text === '2' || text === '2C' ? text : '3';
}
