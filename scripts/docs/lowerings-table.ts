/** The tables of kernels and operations in docs/compute.md, made from what the tests run. */
import * as tf from '@tensorflow/tfjs';
import { nodesInOrder } from '../../src/engine/compute/graph.ts';
import { kernelSamples, operationSamples, type Sample } from '../../src/engine/compute/lowerings/samples.ts';
import { trace } from '../../src/engine/compute/tracer.ts';

const start = '<!-- lowerings: written by npm run docs -->';
const end = '<!-- /lowerings -->';

/** The operators of ONNX that a sample becomes, in the order in which they run. */
function operatorsOf(sample: Sample): string[] {
  const inputs = sample.inputs.map(({ shape, contents }, index) => ({
    name: `x${String(index)}`,
    type: contents === 'whole' || contents === 'truth' ? ('int32' as const) : ('float32' as const),
    shape,
  }));
  const { results } = trace(inputs, (tensors) => {
    const given = tensors.map((tensor, index) =>
      sample.inputs[index]?.contents === 'truth' ? tf.cast(tensor, 'bool') : tensor,
    );
    const result = sample.apply(...given);
    const named = (kind: string, list: readonly tf.Tensor[]): [string, tf.Tensor][] =>
      list.map((tensor, index) => [`${kind} ${String(index)}`, tensor]);
    return new Map([...named('given', given), ...named('made', Array.isArray(result) ? result : [result])]);
  });
  const valuesOf = (kind: string) =>
    [...results].flatMap(([name, value]) => (name.startsWith(kind) ? [value] : []));
  const prepared = new Set(nodesInOrder(valuesOf('given')));
  const nodes = nodesInOrder(valuesOf('made')).filter((node) => !prepared.has(node));
  return [...new Set(nodes.map(({ op }) => op))];
}

function row(sample: Sample): string {
  const operators = operatorsOf(sample).map((operator) => `\`${operator}\``);
  const order = ['none', 'first', 'first, second'][sample.order];
  return `| \`${sample.name}\` | \`${sample.written}\` | ${operators.join(' ') || 'no node'} | ${order ?? ''} |`;
}

/** Both tables in Markdown. */
export function lowerings(): string {
  const head = (what: string) => [
    `| ${what} | written as | ONNX operators | derivatives tested |`,
    '| --- | --- | --- | --- |',
  ];
  const byName = (samples: readonly Sample[]) =>
    samples.toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  return [
    ...head('kernel'),
    ...byName(kernelSamples).map(row),
    '',
    ...head('operation'),
    ...byName(operationSamples).map(row),
  ].join('\n');
}

/** `document` with the tables between their marks. */
export function withLowerings(document: string): string {
  const from = document.indexOf(start);
  const to = document.indexOf(end, from);
  if (from === -1 || to === -1) throw new Error('docs/compute.md has no place for the tables.');
  return `${document.slice(0, from)}${start}\n\n${lowerings()}\n\n${document.slice(to)}`;
}
