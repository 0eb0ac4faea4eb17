import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeOnnx } from '../../compute/onnx-description.ts';
import { initialise } from '../../compute/parameters.ts';
import { createRandom } from '../../compute/random.ts';
import { criticLayout } from './critic.ts';
import { drawingOrder, generatorLayout, initialiseGenerator } from './generator.ts';
import type { GeneratorShape } from './generator.ts';
import { compileRefine } from './refine-program.ts';

const python = process.env.SEMBLANCE_PYTHON ?? 'python3';
const available = spawnSync(python, ['-c', 'import onnxruntime, numpy']).status === 0;
if (!available) {
  console.warn(
    `SKIPPED: ${python} has no onnxruntime; set SEMBLANCE_PYTHON to one that has to run a training step there.`,
  );
}

/** Runs the steps whose inputs a folder holds, feeding each step the state that the one before gave out. */
const script = `
import json, sys, numpy, onnxruntime
folder = sys.argv[1]
plan = json.load(open(folder + "/plan.json"))
session = onnxruntime.InferenceSession(folder + "/step.onnx", providers=["CPUExecutionProvider"])
kinds = {"tensor(float)": "<f4", "tensor(int32)": "<i4"}
def read(path, info):
    return numpy.fromfile(path, dtype=kinds[info.type]).reshape(info.shape)
given = {info.name: info for info in session.get_inputs()}
state = {name: read(folder + "/" + name + ".bin", given[name]) for name in plan["state"]}
names = ["next_" + name for name in plan["state"]]
for step in range(plan["steps"]):
    feeds = {name: read(folder + "/" + name + "." + str(step) + ".bin", given[name]) for name in plan["inputs"]}
    state = dict(zip(plan["state"], session.run(names, {**state, **feeds})))
json.dump({name: value.ravel().tolist() for name, value in state.items()}, sys.stdout)
`;

/** Opens the file as Netron does, by ONNX itself: every node, every type and every shape. */
const checker = `
import sys
try:
    import onnx
except ImportError:
    sys.exit(0)
model = onnx.load(sys.argv[1])
onnx.checker.check_model(model, full_check=True)
print(len(model.graph.node))
`;

const classes = [12, 3, 40, 5];
const shape: GeneratorShape = {
  classes,
  positions: [undefined, undefined, Float32Array.from({ length: 40 }, (_, code) => code / 40), undefined],
  order: drawingOrder(classes),
  hidden: 64,
  units: 32,
};
const settings = { batch: 100, judged: 50, dropout: 0.2, weightDecay: 0.01, penalty: 0.005 };
const steps = 10;

describe('the step of the table GAN, critic and generator', () => {
  it.skipIf(!available)(
    'gives the same parameters in Python after ten steps',
    { timeout: 120_000 },
    async () => {
      const layout = generatorLayout(shape);
      const criticOf = criticLayout(shape);
      const random = createRandom(6);
      const program = await compileRefine(shape, layout, criticOf, settings);
      const start = initialiseGenerator(layout, [], random);
      const begin = { parameters: start, average: start, critic: initialise(criticOf, random) };
      program.writeState(begin);
      const before = await program.readState();
      const folder = mkdtempSync(join(tmpdir(), 'semblance-step-'));
      const write = (name: string, values: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>): void => {
        writeFileSync(join(folder, `${name}.bin`), new Uint8Array(values.buffer));
      };
      try {
        const onnx = await program.toOnnx({ documentation: 'A step of learning.' });
        writeFileSync(join(folder, 'step.onnx'), onnx);
        for (const [name, values] of Object.entries(before)) write(name, values);
        let inputs: string[] = [];
        for (let step = 0; step < steps; step++) {
          const given = {
            codes: Int32Array.from({ length: settings.batch * classes.length }, (_, at) =>
              random.integer(classes[at % classes.length] ?? 1),
            ),
            uniform: new Float32Array(settings.judged * classes.length),
            thinning: new Float32Array(settings.batch * shape.hidden),
            rate: Float32Array.of(2e-3),
            criticRate: Float32Array.of(2e-3),
            decay: Float32Array.of(0.9),
            pull: Float32Array.of(1),
          };
          random.fillUniform(given.uniform);
          random.fillUniform(given.thinning);
          inputs = Object.keys(given);
          for (const [name, values] of Object.entries(given)) write(`${name}.${String(step)}`, values);
          await program.run(given);
        }
        const here = await program.readState();
        writeFileSync(join(folder, 'plan.json'), JSON.stringify({ state: Object.keys(here), inputs, steps }));
        const there = JSON.parse(
          execFileSync(python, ['-c', script, folder], { encoding: 'utf8', maxBuffer: 2 ** 28 }),
        ) as Record<string, number[]>;
        for (const name of ['parameters', 'average', 'critic'] as const) {
          const expected = here[name];
          expect(there[name]).toHaveLength(expected.length);
          const moved = Math.max(...expected.map((value, at) => Math.abs(value - (before[name][at] ?? 0))));
          const apart = Math.max(
            ...expected.map((value, at) => Math.abs(value - (there[name]?.[at] ?? NaN))),
          );
          // Adam divides a gradient by its own size: where it is nearly nothing, its last bits decide the direction of a
          // step. What remains after ten steps is far below one step, and below a hundredth of the way gone.
          expect(moved, name).toBeGreaterThan(5e-3);
          expect(apart, name).toBeLessThan(2e-4);
        }
        const nodes = execFileSync(python, ['-c', checker, join(folder, 'step.onnx')], { encoding: 'utf8' });
        if (nodes.trim() === '') console.warn(`SKIPPED: ${python} has no onnx to check the file with.`);
        else {
          const described = Object.values(describeOnnx(onnx).operators);
          expect(Number(nodes)).toBe(described.reduce((sum, count) => sum + count, 0));
        }
      } finally {
        rmSync(folder, { recursive: true });
        await program.dispose();
      }
    },
  );
});
