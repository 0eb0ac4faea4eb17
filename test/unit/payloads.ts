/** Payloads for the contract: valid, valid but for one place, and anything at all. */
import fc from 'fast-check';
import { z } from 'zod';

/** The part of JSON Schema that zod writes for the contract. */
interface JsonSchema {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  minLength?: number;
  maxLength?: number;
}

/** A value nested so deep that walking it by recursion ends badly. */
function nested(depth: number): unknown {
  let value: unknown = 0;
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

/** What has broken programs before. */
const nasty = fc.constantFrom<unknown>(
  ...[null, undefined, NaN, Infinity, -Infinity, -0, -1, 0.5, 1e308, 5e-324, 2 ** 53, -(2 ** 63), 10n],
  ...[
    '',
    ' ',
    '\0',
    'a\0b',
    '\ud800',
    '\udfff\ud800',
    '\u202e\ufeff',
    '../../etc/passwd',
    '%2e%2e',
    "'; DROP",
  ],
  ...['__proto__', 'constructor', 'toString', 'x'.repeat(100_000), '😀'.repeat(3000), '/'.repeat(5000)],
  ...[[], {}, [[]], [null], new Array(5), new Date(NaN), new Map([['a', 1]]), new Uint8Array(4), true],
  JSON.parse('{"__proto__": {"polluted": true}}'),
  { constructor: { prototype: { polluted: true } } },
  { toString: null, valueOf: 1, length: -1, then: 'x' },
  nested(10_000),
);

/** Anything JavaScript has. */
export const anything = fc.oneof(
  nasty,
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withTypedArray: true,
  }),
  fc.dictionary(
    fc.oneof(fc.constantFrom('__proto__', 'constructor', 'projectId', 'path'), fc.string()),
    nasty,
  ),
);

/** Values for a field, by its name, in place of strings of no meaning: of projects that exist, for one. */
export type Known = Readonly<Record<string, fc.Arbitrary<string>>>;

function valid(schema: JsonSchema, known: Known, name = ''): fc.Arbitrary<unknown> {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((choice) => valid(choice, known, name)));
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const { minimum, maximum, exclusiveMinimum } = schema;
  const low = Math.max(minimum ?? -1e9, exclusiveMinimum ?? -1e9);
  const high = Math.max(low, Math.min(maximum ?? 1e9, 1e9));
  switch (schema.type) {
    case 'integer':
      return fc.integer({ min: Math.ceil(low), max: Math.floor(high) });
    case 'number':
      return fc.double({ min: low, max: high, noNaN: true, minExcluded: exclusiveMinimum !== undefined });
    case 'string':
      return (
        known[name] ??
        fc.string({
          unit: 'grapheme',
          minLength: schema.minLength ?? 0,
          maxLength: Math.min(schema.maxLength ?? 60, 60),
        })
      );
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(valid(schema.items ?? {}, known, name), { maxLength: 4 });
    case 'object': {
      const fields = Object.entries(schema.properties ?? {});
      const entries = Object.fromEntries(fields.map(([key, field]) => [key, valid(field, known, key)]));
      const required = fields.map(([key]) => key).filter((key) => schema.required?.includes(key));
      return fc.record(entries, { requiredKeys: required });
    }
    default:
      return anything;
  }
}

/** `payload` with one place of it, found by `steps`, replaced, left out, or added to. */
function mutate(payload: unknown, steps: readonly number[], value: unknown, how: string): unknown {
  if (typeof payload !== 'object' || payload === null) return value;
  const keys = Object.keys(payload);
  const [step = 0, ...rest] = steps;
  const key = keys[step % Math.max(1, keys.length)];
  if (key === undefined) return value;
  const copy: Record<string, unknown> = { ...payload };
  if (how === 'add') copy.unasked = value;
  else if (how === 'remove' && rest.length === 0) Reflect.deleteProperty(copy, key);
  else copy[key] = rest.length === 0 ? value : mutate(copy[key], rest, value, how);
  return Array.isArray(payload) ? Object.values(copy) : copy;
}

/** Payloads for a schema: a third valid, a third valid but for one place, a third anything. */
export function payloads(schema: z.ZodType, known: Known): fc.Arbitrary<unknown> {
  const whole =
    schema instanceof z.ZodUndefined
      ? fc.constant(undefined)
      : valid(z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }) as JsonSchema, known);
  const nearly = fc
    .tuple(
      whole,
      fc.array(fc.nat(7), { minLength: 1, maxLength: 3 }),
      anything,
      fc.constantFrom('replace', 'remove', 'add'),
    )
    .map(([payload, steps, value, how]) => mutate(payload, steps, value, how));
  return fc.oneof(whole, nearly, anything);
}
