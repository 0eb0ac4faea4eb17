/** What a model is made of, told in the terminal. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { describeOnnx } from '../engine/compute/onnx-description.ts';
import { computeVersion } from '../engine/compute/version.ts';
import { clientsCsv } from '../engine/jobs/test-table.ts';

const program = join(import.meta.dirname, 'main.ts');
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let folder = '';
const at = (name: string): string => join(folder, name);

function semblance(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { code: status, out: stdout, err: stderr };
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'semblance-inspect-'));
  writeFileSync(at('clients.csv'), clientsCsv(300));
  const made = semblance(
    ...['synth', 'clients.csv', '--rows', '20', '--out', 'first.csv', '--minutes', '0.03'],
    ...['--model-out', 'm.semblance'],
  );
  expect([made.code, made.code === 0 ? '' : made.err]).toEqual([0, '']);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const tensor = z.object({ name: z.string(), shape: z.array(z.number()) });
const answer = z.object({
  model: z.object({
    parameters: z.number(),
    layers: z.array(
      z.object({
        column: z.string(),
        widths: z.array(z.number()),
        parameters: z.number(),
        tensors: z.array(tensor),
      }),
    ),
    generator: z.object({
      opset: z.number(),
      compute: z.number(),
      inputs: z.array(tensor),
      bytes: z.number(),
    }),
  }),
});

it('tells layers, parameters, versions and size, and saves the generator', () => {
  const { code, out, err } = semblance('inspect', 'm.semblance', '--onnx', 'm.onnx');
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/^m\.semblance: table-gan, [\d,]+ parameters\n/);
  expect(out).toMatch(
    /\nGenerator ONNX, opset 18, [\d.]+ \w+\nTakes +uniform \[2048, \d\]\nGives +classes \[2048, \d\]\n/,
  );
  expect(out).toMatch(/\nplan +\d+ → \d+ → \d +[\d,]+\n/);
  expect(out.split('\n').every((line) => line.length <= 120)).toBe(true);
  const saved = readFileSync(at('m.onnx'));
  expect(Buffer.from(unzipSync(readFileSync(at('m.semblance')))['generator.onnx'] ?? []).equals(saved)).toBe(
    true,
  );
  expect(describeOnnx(saved).compute).toBe(computeVersion);
  expect(describeOnnx(saved).documentation).toContain('schema.json');
  expect(semblance('inspect', 'm.semblance', '--onnx', 'm.onnx').code).toBe(4);
  expect(semblance('inspect', 'm.semblance', '--onnx', 'm.semblance', '--force').code).toBe(2);
});

it('tells machines the same', () => {
  const { model } = answer.parse(JSON.parse(semblance('inspect', 'm.semblance', '--json').out));
  const { layers, parameters, generator } = model;
  expect(layers.map(({ column }) => column)).toContain('plan');
  const size = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);
  for (const layer of layers) {
    expect(layer.parameters).toBe(layer.tensors.reduce((sum, { shape }) => sum + size(shape), 0));
    expect(layer.widths).toHaveLength(3);
  }
  // Beside the columns' parameters there are only those that the running sum begins with.
  const [hidden = 0] = layers[0]?.widths ?? [];
  expect(layers.reduce((sum, layer) => sum + layer.parameters, hidden)).toBe(parameters);
  expect(generator).toMatchObject({ opset: 18, compute: computeVersion });
  expect(generator.inputs).toEqual([{ name: 'uniform', shape: [2048, layers.length] }]);
});

it('refuses a model of a newer version of compute, and what is none', () => {
  const parts = unzipSync(readFileSync(at('m.semblance')));
  const schema = JSON.parse(strFromU8(parts['schema.json'] ?? new Uint8Array())) as object;
  const newer = {
    ...parts,
    'schema.json': strToU8(JSON.stringify({ ...schema, compute: computeVersion + 1 })),
  };
  writeFileSync(at('newer.semblance'), zipSync(newer));
  const refused = semblance('inspect', 'newer.semblance');
  expect(refused.code).toBe(5);
  expect(refused.err).toContain('newer version of Semblance');
  expect(semblance('inspect', 'clients.csv').code).toBe(5);
  expect(semblance('inspect', 'none.semblance').code).toBe(3);
});
