/**
 * A trained model as one portable file: a zip of `generator.onnx`, `schema.json` and `card.json`. It holds what
 * was learned and nothing else: no rows, no fingerprints of rows (which would let anyone ask whether a person
 * was in the data), and no code.
 */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { z } from 'zod';
import { card as cardSchema } from '../../../shared/card.ts';
import type { Card } from '../../../shared/card.ts';
import { AppError, partOf } from '../../../shared/errors.ts';
import { fittedRule } from '../../../shared/rules.ts';
import { learningPoint } from '../../../shared/training.ts';
import { computeVersion } from '../../compute/version.ts';
import { columnSchema } from '../../tables/schema.ts';
import { classCount, tableEncoding } from './encoding.ts';
import { selfContained } from './onnx-check.ts';
import type { TrainedTableModel } from './train.ts';

/** Raised whenever a file of the new kind could not be read by an older Semblance. */
export const modelVersion = 1;

const megabyte = 2 ** 20;
/** The entries of the zip, all needed and no others allowed, with the largest size each may unpack to. */
const limits = new Map([
  ['generator.onnx', 512 * megabyte],
  ['schema.json', 256 * megabyte],
  ['card.json', 16 * megabyte],
]);
const largestFile = 512 * megabyte;

const version = z.object({
  semblanceModel: z.number().int().positive(),
  /** Of compiled programs; models of the first versions do not say. */
  compute: z.number().int().positive().default(1),
});
const contents = version.extend({
  generatorSha256: z.string().regex(/^[0-9a-f]{64}$/),
  columns: z.array(columnSchema).min(1),
  encoding: tableEncoding,
  /** Rules that generated rows keep; absent in models without any. */
  rules: z.array(fittedRule).max(1000).optional(),
  training: z.object({
    parameters: z.number().int().nonnegative(),
    history: z.array(learningPoint),
    best: learningPoint.optional(),
    seconds: z.number().nonnegative(),
    epochs: z.number().int().nonnegative(),
    notes: z.array(z.string()),
    device: z.string(),
  }),
});

/** The bytes of a model file. The same model and card give the same bytes. */
export function packModel(model: TrainedTableModel, card: Card): Uint8Array {
  const { parameters, history, best, seconds, epochs, notes, device } = model;
  const description: z.infer<typeof contents> = {
    semblanceModel: modelVersion,
    compute: computeVersion,
    generatorSha256: sha256(model.generator),
    columns: model.schema,
    encoding: model.encoding,
    ...(model.rules && model.rules.length > 0 && { rules: model.rules }),
    training: { parameters, history, ...(best && { best }), seconds, epochs, notes, device },
  };
  return zipSync(
    {
      // Numbers hardly get smaller, however long one tries.
      'generator.onnx': [model.generator, { level: 1 }],
      'schema.json': json(description),
      'card.json': cardBytes(card),
    },
    // The date is part of the zip; the model's own is in the card.
    { mtime: new Date(1980, 0, 1) },
  );
}

/** The bytes of `card.json` in a model file. */
export function cardBytes(card: Card): Uint8Array {
  return json(card);
}

function json(value: unknown): Uint8Array {
  return strToU8(`${JSON.stringify(value, undefined, 1)}\n`);
}

/**
 * Reads a model file's bytes, taking nothing in it on trust. Throws `model/too-new` for a file of a later
 * Semblance and `model/invalid` for anything that is damaged or no model at all.
 */
export function openModel(bytes: Uint8Array): { model: TrainedTableModel; card: Card } {
  const entries = unpack(bytes);
  const generator = entries.get('generator.onnx');
  const described: unknown = parse(entries.get('schema.json'));
  const found = version.safeParse(described);
  if (!found.success) throw invalid('description_unread');
  if (found.data.semblanceModel > modelVersion || found.data.compute > computeVersion) {
    throw AppError.of('model/too-new', 'model_too_new', {});
  }
  const description = contents.safeParse(described);
  if (!description.success) throw invalid('description');
  const card = cardSchema.safeParse(parse(entries.get('card.json')));
  if (!card.success) throw invalid('card');
  const { columns, encoding, training, generatorSha256, rules } = description.data;
  if (!generator || sha256(generator) !== generatorSha256) throw invalid('generator');
  if (!selfContained(generator)) throw invalid('refers');
  checkEncoding(encoding, columns);
  const { best, ...rest } = training;
  const model = {
    schema: columns,
    encoding,
    generator,
    ...rest,
    ...(best && { best }),
    ...(rules && { rules }),
  };
  return { model, card: card.data };
}

/** Reads a model file. Throws `source/not-found`, `source/no-permission`, `source/is-directory` and as `openModel`. */
export async function loadModel(path: string): Promise<{ model: TrainedTableModel; card: Card }> {
  return openModel(await readModelFile(path));
}

/** The bytes of a model file, whatever they are. Throws as `loadModel`, and `model/invalid` for what is too large. */
export async function readModelFile(path: string): Promise<Uint8Array> {
  try {
    await using file = await open(path, 'r');
    const { size } = await file.stat();
    if (size > largestFile) throw invalid('too_large');
    return await file.readFile();
  } catch (error) {
    throw readError(error, basename(path));
  }
}

function readError(error: unknown, name: string): unknown {
  if (error instanceof AppError || !(error instanceof Error) || !('code' in error)) return error;
  const options = { cause: error };
  switch (error.code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ELOOP':
    case 'ENAMETOOLONG':
      return AppError.of('source/not-found', 'model_file_missing', { file: name }, options);
    case 'EISDIR':
      return AppError.of('source/is-directory', 'model_is_folder', { file: name }, options);
    case 'EACCES':
    case 'EPERM':
      return AppError.of('source/no-permission', 'model_not_readable', { file: name }, options);
    default:
      return error;
  }
}

/** The three entries. Sizes are looked at before anything is unpacked, and nothing else is. */
function unpack(bytes: Uint8Array): Map<string, Uint8Array> {
  const seen = new Set<string>();
  let unpacked: Record<string, Uint8Array>;
  try {
    unpacked = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        const limit = limits.get(name);
        if (limit === undefined) throw invalid('strange_part');
        if (seen.has(name)) throw invalid('part_twice');
        if (originalSize > limit) throw invalid('part_large');
        seen.add(name);
        return true;
      },
    });
  } catch (error) {
    throw error instanceof AppError ? error : invalid('other_kind', error);
  }
  for (const name of limits.keys()) if (!seen.has(name)) throw invalid('part_missing');
  return new Map(Object.entries(unpacked));
}

function parse(bytes: Uint8Array | undefined): unknown {
  try {
    return JSON.parse(strFromU8(bytes ?? new Uint8Array()));
  } catch (error) {
    throw invalid('description_unread', error);
  }
}

/** What the types do not say: columns that belong together, ascending bins, counts for every name. */
function checkEncoding(encoding: TrainedTableModel['encoding'], columns: TrainedTableModel['schema']): void {
  const learned = new Set(encoding.columns.map(({ name }) => name));
  const kept = columns.filter(({ role }) => role === 'keep').map(({ name }) => name);
  const ascending = (values: readonly number[]): boolean =>
    values.every((value, index) => index === 0 || value >= values[index - 1]!);
  const sound =
    learned.size === encoding.columns.length &&
    kept.every((name) => learned.has(name)) &&
    encoding.columns.every((column) => {
      if (classCount(column) < 1 || classCount(column) > 0xffff) return false;
      return column.type === 'number'
        ? ascending(column.heavy) && ascending(column.bins.flat())
        : column.buckets.every(({ names, counts }) => names.length === counts.length);
    });
  if (!sound) throw invalid('columns');
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

type Fault =
  | 'description_unread'
  | 'description'
  | 'card'
  | 'generator'
  | 'refers'
  | 'too_large'
  | 'strange_part'
  | 'part_twice'
  | 'part_large'
  | 'other_kind'
  | 'part_missing'
  | 'columns';

function invalid(fault: Fault, cause?: unknown): AppError {
  const values = { why: partOf(`parts_model_${fault}`, {}) };
  return AppError.of('model/invalid', 'model_unusable', values, cause === undefined ? undefined : { cause });
}
