import { describe, expect, it } from 'vitest';
import { createRandom } from '../../compute/random.ts';
import { compileDraw } from './draw-program.ts';
import { drawingOrder, generatorLayout, initialiseGenerator } from './generator.ts';
import type { GeneratorShape } from './generator.ts';
import { compileLearn } from './likelihood-program.ts';

const classes = [40, 3, 100, 17, 2];
const shape: GeneratorShape = {
  classes,
  positions: classes.map((count, column) =>
    column % 2 === 0 ? Float32Array.from({ length: count }, (_, code) => (code + 0.5) / count) : undefined,
  ),
  order: drawingOrder(classes),
  hidden: 64,
  units: 32,
};
const layout = generatorLayout(shape);
const batch = 1000;

/** The parameters after some steps of learning, and rows drawn with them. */
async function learnAndDraw(threads: number): Promise<{ learned: Float32Array; drawn: ArrayLike<number> }> {
  const random = createRandom(4);
  const learn = await compileLearn(shape, layout, { batch, dropout: 0.2, weightDecay: 0.01, threads });
  const draw = await compileDraw(shape, layout, batch, threads);
  const start = initialiseGenerator(layout, [], random);
  learn.writeState({ parameters: start, average: start });
  const codes = new Int32Array(batch * classes.length);
  const thinning = new Float32Array(batch * shape.hidden);
  for (let step = 0; step < 10; step++) {
    for (let at = 0; at < codes.length; at++) codes[at] = random.integer(classes[at % classes.length] ?? 1);
    random.fillUniform(thinning);
    await learn.run({ codes, thinning, rate: Float32Array.of(2e-3), decay: Float32Array.of(0.9) });
  }
  const { parameters, average } = await learn.readState();
  draw.writeState({ parameters: average });
  const uniform = new Float32Array(batch * classes.length);
  random.fillUniform(uniform);
  const { classes: drawn } = await draw.run({ uniform });
  await Promise.all([learn.dispose(), draw.dispose()]);
  return { learned: parameters, drawn: drawn.slice() };
}

describe('the number of threads', () => {
  it('changes no bit of what is learned by likelihood, nor of what is drawn', async () => {
    const [one, several] = [await learnAndDraw(1), await learnAndDraw(3)];
    expect(one.learned).toEqual(several.learned);
    expect(one.drawn).toEqual(several.drawn);
    expect(one.learned.some((value) => value !== 0)).toBe(true);
  });
});
