import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { compile } from './compile.ts';
import { layerNorm, linear, relu, softmax } from './nn.ts';
import { createRandom } from './random.ts';

const python = process.env.SEMBLANCE_PYTHON ?? 'python3';
const available = spawnSync(python, ['-c', 'import onnxruntime, numpy']).status === 0;
if (!available) {
  console.warn(
    `SKIPPED: ${python} has no onnxruntime; set SEMBLANCE_PYTHON to one that has to run the exported model there.`,
  );
}

const script = `
import json, sys, numpy, onnxruntime
session = onnxruntime.InferenceSession(sys.argv[1], providers=["CPUExecutionProvider"])
given = json.load(open(sys.argv[2]))
feeds = {i.name: numpy.array(given[i.name], dtype=numpy.float32).reshape(i.shape) for i in session.get_inputs()}
json.dump([r.ravel().tolist() for r in session.run(["rows"], feeds)], sys.stdout)
`;

describe('an exported program', () => {
  it.skipIf(!available)('gives the same numbers in Python', { timeout: 60_000 }, async () => {
    const generator = await compile(
      (state, { noise, uniform }) => ({
        outputs: {
          rows: softmax(tf.add(linear(relu(layerNorm(linear(noise, state.first))), state.second), uniform)),
        },
      }),
      {
        state: { first: { shape: [8, 16] }, second: { shape: [16, 12] } },
        inputs: { noise: { shape: [5, 8] }, uniform: { shape: [5, 12] } },
      },
    );
    const random = createRandom(11);
    const filled = (length: number, fill: 'fillNormal' | 'fillUniform'): Float32Array<ArrayBuffer> => {
      const values = new Float32Array(length);
      random[fill](values);
      return values;
    };
    generator.writeState({ first: filled(8 * 16, 'fillNormal'), second: filled(16 * 12, 'fillNormal') });
    const inputs = { noise: filled(5 * 8, 'fillNormal'), uniform: filled(5 * 12, 'fillUniform') };
    const { rows } = await generator.run(inputs);

    const folder = mkdtempSync(join(tmpdir(), 'semblance-interop-'));
    try {
      const [model, data] = [join(folder, 'generator.onnx'), join(folder, 'inputs.json')];
      writeFileSync(model, await generator.toOnnx({ constants: ['first', 'second'] }));
      writeFileSync(data, JSON.stringify({ noise: [...inputs.noise], uniform: [...inputs.uniform] }));
      const result: unknown = JSON.parse(
        execFileSync(python, ['-c', script, model, data], { encoding: 'utf8' }),
      );
      const [there] = result as number[][];
      expect(there).toHaveLength(rows.length);
      rows.forEach((value, index) => {
        expect(there?.[index]).toBeCloseTo(value, 5);
      });
    } finally {
      rmSync(folder, { recursive: true });
      await generator.dispose();
    }
  });
});
