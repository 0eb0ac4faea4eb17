import { basename } from 'node:path';
import { describeOnnx } from '../../engine/compute/onnx-description.ts';
import type { OnnxDescription, TensorDescription } from '../../engine/compute/onnx-description.ts';
import { requireTarget } from '../../engine/jobs/target.ts';
import { layersOf } from '../../engine/synthesis/tables/layers.ts';
import type { ColumnLayers } from '../../engine/synthesis/tables/layers.ts';
import { loadModel } from '../../engine/synthesis/tables/model-file.ts';
import { createOutput } from '../../engine/tables/output-file.ts';
import type { Card } from '../../shared/card.ts';
import type { Command } from '../command.ts';
import { requireApart } from '../paths.ts';
import { textTable } from '../text-table.ts';
import { bytesInWords, count, wrap } from '../words.ts';

export const runInspect: Command = async (options) => {
  const path = options.positional('MODEL');
  const out = options.text('onnx');
  const overwrite = options.flag('force');
  if (out !== undefined) {
    await requireApart(out, [path]);
    await requireTarget(out, overwrite);
  }
  const { model, card } = await loadModel(path);
  const generator = describeOnnx(model.generator);
  const layers = layersOf(generator, model.encoding);
  if (out !== undefined) await save(out, model.generator, overwrite);
  const { parameters } = model;
  return {
    json: {
      model: {
        kind: card.model.kind,
        version: card.model.version,
        made: card.created,
        by: card.semblance,
        parameters,
        layers,
        generator,
      },
      ...(out !== undefined && { output: { path: out, bytes: model.generator.length } }),
    },
    text: (width) => [
      ...summary(basename(path), card, parameters, generator, width),
      '',
      ...(layers.length === 0
        ? wrap('The layers have no names: an earlier version of Semblance made this model.', width)
        : layerLines(layers, width)),
      ...(out === undefined ? [] : ['', `Saved    ${out}: ${bytesInWords(model.generator.length)}`]),
    ],
  };
};

async function save(path: string, onnx: Uint8Array, overwrite: boolean): Promise<void> {
  const output = await createOutput(path, overwrite);
  try {
    await output.write(onnx);
    await output.commit();
  } finally {
    await output.discard();
  }
}

function summary(
  name: string,
  card: Card,
  parameters: number,
  generator: OnnxDescription,
  width: number,
): string[] {
  const { compute, opset, bytes, inputs, outputs, operators } = generator;
  const frequent = Object.entries(operators)
    .sort(([a, of], [b, than]) => than - of || a.localeCompare(b))
    .map(([operator, times]) => `${operator} ${String(times)}`);
  const nodes = Object.values(operators).reduce((sum, times) => sum + times, 0);
  const indented = (label: string, text: string): string[] =>
    wrap(text, width - 10).map((line, index) => (index === 0 ? label.padEnd(10) : ' '.repeat(10)) + line);
  return [
    `${name}: ${card.model.kind}, ${count(parameters, 'parameter')}`,
    `Made      ${card.created.slice(0, 10)} by Semblance ${card.semblance}`,
    `Version   ${String(card.model.version)} of models, ${compute === null ? '1' : String(compute)} of compute`,
    `Generator ONNX, opset ${String(opset)}, ${bytesInWords(bytes)}`,
    ...indented('Takes', inputs.map(inWords).join(', ')),
    ...indented('Gives', outputs.map(inWords).join(', ')),
    ...indented('Nodes', `${nodes.toLocaleString('en-GB')}: ${frequent.join(', ')}`),
  ];
}

function inWords({ name, shape }: TensorDescription): string {
  return `${name} [${shape.join(', ')}]`;
}

function layerLines(layers: readonly ColumnLayers[], width: number): string[] {
  return textTable(
    [
      { head: 'Column, as drawn', align: 'left', flexible: true },
      { head: 'Layers', align: 'left' },
      { head: 'Parameters', align: 'right' },
    ],
    layers.map(({ column, widths, parameters }) => [
      column,
      widths.join(' → '),
      parameters.toLocaleString('en-GB'),
    ]),
    width,
  );
}
