/** Windows over images as nodes of a graph: each a gather of rows of channels, with no product or sum of its own. */
import { expand, reshape } from '../algebra.ts';
import { reduce } from '../contraction.ts';
import { int, splatValue, type Graph, type Value } from '../graph.ts';
import { area, outside, pixelsOfWindows, windowsOfPixels, type Windows } from '../windows.ts';

/** Rows of `x` [batch, rows, channels] by number, `outside` giving a row of `fill` → [batch, numbers, channels]. */
export function gatherRows(graph: Graph, x: Value, numbers: Int32Array, fill: number): Value {
  const [batch = 1, rows = 1, channels = 1] = x.shape;
  const beyond = numbers.includes(outside);
  const splat = splatValue(x);
  const shape = [batch, numbers.length, channels];
  if (splat !== undefined && (!beyond || splat === fill)) return graph.splat('float32', shape, splat);
  const indices = graph.constant(
    'int32',
    [numbers.length],
    numbers.map((row) => (row === outside ? rows : row)),
  );
  return graph.one('Gather', [beyond ? withRow(graph, x, fill) : x, indices], 'float32', shape, {
    axis: int(1),
  });
}

function withRow(graph: Graph, x: Value, fill: number): Value {
  const [batch = 1, rows = 1, channels = 1] = x.shape;
  const row = graph.splat('float32', [batch, 1, channels], fill);
  return graph.one('Concat', [x, row], 'float32', [batch, rows + 1, channels], { axis: int(1) });
}

/** Whether each window sees one pixel, its own. */
export function trivial({ input, output, size, stride }: Windows): boolean {
  return area(size) === 1 && area(stride) === 1 && area(input) === area(output);
}

/** What each window sees of `x` [batch, height, width, channels] → [batch, windows, taps, channels]. */
export function unfold(graph: Graph, x: Value, windows: Windows, fill = 0): Value {
  const { batch, input, output, size, channels } = windows;
  const shape = [batch, area(output), area(size), channels];
  if (trivial(windows)) return reshape(graph, x, shape);
  const rows = reshape(graph, x, [batch, area(input), channels]);
  return reshape(graph, gatherRows(graph, rows, pixelsOfWindows(windows), fill), shape);
}

/** The adjoint of `unfold`: for each pixel the sum over the windows that see it. [batch, windows, taps, channels] → images. */
export function fold(graph: Graph, seen: Value, windows: Windows): Value {
  const { batch, input, output, size, channels } = windows;
  const shape = [batch, ...input, channels];
  if (trivial(windows)) return reshape(graph, seen, shape);
  const full = expand(graph, seen, [batch, area(output), area(size), channels]);
  const { length, places } = windowsOfPixels(windows);
  const rows = reshape(graph, full, [batch, area(output) * area(size), channels]);
  const readers = reshape(graph, gatherRows(graph, rows, places, 0), [batch, area(input), length, channels]);
  return reshape(graph, reduce(graph, 'ReduceSum', readers, [2], false), shape);
}
