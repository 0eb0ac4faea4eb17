import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCompiled } from '../../compute/compile.ts';
import { createRandom } from '../../compute/random.ts';
import { chunkRows, compileDraw } from './draw-program.ts';
import { drawingOrder, generatorLayout, initialiseGenerator } from './generator.ts';
import type { GeneratorShape } from './generator.ts';

const python = process.env.SEMBLANCE_PYTHON ?? 'python3';
const available = spawnSync(python, ['-c', 'import onnxruntime, numpy']).status === 0;
if (!available) {
  console.warn(
    `SKIPPED: ${python} has no onnxruntime; set SEMBLANCE_PYTHON to one that has to run generator.onnx there.`,
  );
}

const script = `
import json, sys, numpy, onnxruntime
session = onnxruntime.InferenceSession(sys.argv[1], providers=["CPUExecutionProvider"])
uniform = numpy.fromfile(sys.argv[2], dtype="<f4").reshape(session.get_inputs()[0].shape)
[classes] = session.run(["classes"], {"uniform": uniform})
json.dump(classes.ravel().tolist(), sys.stdout)
`;

const classes = [5, 2, 40, 9];
const shape: GeneratorShape = {
  classes,
  positions: [undefined, undefined, Float32Array.from({ length: 40 }, (_, code) => code / 40), undefined],
  order: drawingOrder(classes),
  hidden: 32,
  units: 16,
};
const layout = generatorLayout(shape);

async function exported(): Promise<Uint8Array> {
  const program = await compileDraw(shape, layout, chunkRows);
  const random = createRandom(2);
  const parameters = initialiseGenerator(layout, [], random);
  // Livelier than fresh parameters, so that columns depend on one another.
  program.writeState({ parameters: parameters.map((value) => value * 2) });
  const onnx = await program.toOnnx({ constants: ['parameters'] });
  await program.dispose();
  return onnx;
}

function uniforms(): Float32Array<ArrayBuffer> {
  const uniform = new Float32Array(chunkRows * classes.length);
  createRandom(3).fillUniform(uniform);
  return uniform;
}

describe('generator.onnx', () => {
  it('draws every class of every column, and no other', async () => {
    const program = await openCompiled(await exported());
    const { classes: drawn } = await program.run({ uniform: uniforms() });
    await program.dispose();
    classes.forEach((count, column) => {
      const seen = new Set(drawn!.filter((_, at) => at % classes.length === column));
      expect([...seen].every((code) => code >= 0 && code < count)).toBe(true);
      expect(seen.size).toBe(count);
    });
  });

  it.skipIf(!available)('draws the same rows in Python', { timeout: 60_000 }, async () => {
    const onnx = await exported();
    const uniform = uniforms();
    const program = await openCompiled(onnx);
    const { classes: here } = await program.run({ uniform });
    const folder = mkdtempSync(join(tmpdir(), 'semblance-portable-'));
    try {
      const [model, data] = [join(folder, 'generator.onnx'), join(folder, 'uniform.bin')];
      writeFileSync(model, onnx);
      writeFileSync(data, new Uint8Array(uniform.buffer));
      const there = JSON.parse(
        execFileSync(python, ['-c', script, model, data], { encoding: 'utf8' }),
      ) as number[];
      expect(there).toHaveLength(here!.length);
      // A uniform number within a rounding error of the border between two classes may fall to either side.
      const different = there.filter((code, at) => code !== here![at]).length;
      expect(different / there.length).toBeLessThan(1e-3);
    } finally {
      rmSync(folder, { recursive: true });
      await program.dispose();
    }
  });
});
