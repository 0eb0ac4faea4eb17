import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Card } from '../../../shared/card.ts';
import { openCompiled } from '../../compute/compile.ts';
import { computeVersion } from '../../compute/version.ts';
import type { Table } from '../../tables/table.ts';
import { loadModel, modelVersion, openModel, packModel } from './model-file.ts';
import { rowHashes } from './row-hashes.ts';
import { createSampler } from './sampler.ts';
import { trainTableGan } from './train.ts';
import type { TrainedTableModel } from './train.ts';

const training: Table = {
  rows: 120,
  columns: [
    { type: 'number', name: 'n', values: Float64Array.from({ length: 120 }, (_, row) => row % 7) },
    {
      type: 'category',
      name: 'c',
      categories: ['yes', 'no'],
      codes: Int32Array.from({ length: 120 }, (_, row) => row % 2),
    },
  ],
};

const card: Card = {
  semblance: '0.1.0',
  created: '2026-01-01T00:00:00.000Z',
  source: { sha256: 'a'.repeat(64), rows: 120, columns: 2 },
  columns: [
    { name: 'n', kind: 'integer', role: 'keep' },
    { name: 'c', kind: 'category', role: 'keep' },
  ],
  model: { kind: 'table-gan', version: modelVersion, parameters: 1 },
  seed: 1,
  device: 'CPU',
  training: { rows: 120, seconds: 1, epochs: 1, history: [] },
  warnings: [],
};

let folder: string;
let model: TrainedTableModel;
let bytes: Uint8Array;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'semblance-model-'));
  model = await trainTableGan({
    training,
    schema: [
      { name: 'n', kind: 'integer', role: 'keep', nullable: false },
      { name: 'c', kind: 'category', role: 'keep', nullable: false },
    ],
    holdoutScore: async () => 0.5,
    minutes: 1,
    stopEarly: true,
    seed: 1,
    maxEpochs: 1,
  });
  bytes = packModel(model, card);
});
afterAll(() => rm(folder, { recursive: true }));

/** The file with some of its entries changed, added or (undefined) left out. */
function changed(entries: Record<string, Uint8Array | undefined>): Uint8Array {
  const merged = { ...unzipSync(bytes), ...entries };
  return zipSync(
    Object.fromEntries(Object.entries(merged).flatMap(([name, data]) => (data ? [[name, data]] : []))),
  );
}

function described(change: (description: Record<string, unknown>) => void): Uint8Array {
  const description = JSON.parse(strFromU8(unzipSync(bytes)['schema.json']!)) as Record<string, unknown>;
  change(description);
  return changed({ 'schema.json': strToU8(JSON.stringify(description)) });
}

describe('a model file', () => {
  it('gives the model and its card back', () => {
    const opened = openModel(bytes);
    expect(opened.card).toEqual(card);
    expect(opened.model).toEqual(model);
  });

  it('generates the same rows as the model it was made of', async () => {
    const rowsOf = async (from: TrainedTableModel): Promise<Table[]> => {
      const sampler = await createSampler(from);
      const chunks: Table[] = [];
      for await (const chunk of sampler.sample(100, 9)) chunks.push(chunk);
      await sampler.dispose();
      return chunks;
    };
    expect(await rowsOf(openModel(bytes).model)).toEqual(await rowsOf(model));
  });

  it('is the same to the byte for the same model', () => {
    expect(Buffer.compare(packModel(model, card), bytes)).toBe(0);
  });

  it('holds three parts and nothing to recognise a training row by', () => {
    const parts = unzipSync(bytes);
    expect(Object.keys(parts).sort()).toEqual(['card.json', 'generator.onnx', 'schema.json']);
    expect(Object.keys(JSON.parse(strFromU8(parts['schema.json']!)) as object).sort()).toEqual([
      'columns',
      'compute',
      'encoding',
      'generatorSha256',
      'semblanceModel',
      'training',
    ]);
    expect(rowHashes(training).size).toBe(14);
  });
});

describe('refused', () => {
  const refusal = (file: Uint8Array): string => {
    try {
      openModel(file);
    } catch (error) {
      if (error instanceof Error && 'code' in error) return String(error.code);
      throw error;
    }
    return 'opened';
  };

  it('is a file of a newer version', () => {
    expect(refusal(described((it) => (it.semblanceModel = modelVersion + 1)))).toBe('model/too-new');
  });

  it('is a file of a newer version of compute, and so is a generator by itself', async () => {
    expect(refusal(described((it) => (it.compute = computeVersion + 1)))).toBe('model/too-new');
    // The version is the last entry of the file: one digit, as text.
    const newer = model.generator.slice();
    newer[newer.length - 1] = String(computeVersion + 1).charCodeAt(0);
    await expect(openCompiled(newer)).rejects.toMatchObject({ code: 'model/too-new' });
  });

  it('is none that does not say its version of compute: the first did not', () => {
    expect(refusal(described((it) => delete it.compute))).toBe('opened');
  });

  it.each([
    ['something else', () => strToU8('a,b\n1,2\n')],
    ['an empty file', () => new Uint8Array()],
    ['half a file', () => bytes.slice(0, bytes.length / 2)],
    ['a part too many', () => changed({ 'run.js': strToU8('1') })],
    ['a path that climbs out', () => changed({ '../generator.onnx': strToU8('1') })],
    ['a part too few', () => changed({ 'card.json': undefined })],
    ['another generator', () => changed({ 'generator.onnx': strToU8('onnx') })],
    ['a card that is none', () => changed({ 'card.json': strToU8('{}') })],
    ['a description that is no JSON', () => changed({ 'schema.json': strToU8('{') })],
    [
      'columns that do not belong together',
      () => described((it) => (it.columns = [{ name: 'x', kind: 'integer', role: 'keep', nullable: false }])),
    ],
    ['a description without an encoding', () => described((it) => delete it.encoding)],
  ])('is %s', (_, make) => {
    expect(refusal(make())).toBe('model/invalid');
  });

  it('is a part that claims to unpack to more than it may', () => {
    // The size in the zip's directory, which readers trust for how much memory to take.
    const bomb = changed({});
    const at = Buffer.from(bomb).lastIndexOf('card.json') - 46;
    new DataView(bomb.buffer, bomb.byteOffset).setUint32(at + 24, 0xf0000000, true);
    expect(refusal(bomb)).toBe('model/invalid');
  });

  it('is a generator that refers to another file', async () => {
    const { selfContained } = await import('./onnx-check.ts');
    expect(selfContained(model.generator)).toBe(true);
    // ModelProto { graph: GraphProto { initializer: TensorProto { data_location: EXTERNAL } } }
    expect(selfContained(Uint8Array.from([0x3a, 4, 0x2a, 2, 0x70, 1]))).toBe(false);
  });

  it.each([
    ['missing', 'source/not-found'],
    ['folder', 'source/is-directory'],
  ])('is a file that is %s', async (kind, code) => {
    await expect(loadModel(kind === 'folder' ? folder : join(folder, 'none'))).rejects.toMatchObject({
      code,
    });
  });

  it('is damage on the disk', async () => {
    const path = join(folder, 'damaged.semblance');
    const copy = bytes.slice();
    copy[Math.floor(copy.length / 3)]! ^= 0xff;
    await writeFile(path, copy);
    await expect(loadModel(path)).rejects.toMatchObject({ code: 'model/invalid' });
  });
});
