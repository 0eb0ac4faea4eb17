/** `semblance dicom show`: the elements of a file. */
import { readLocation } from '../../engine/dicom/import/read-file.ts';
import { listed, type ListedElement } from '../../engine/dicom/read/listing.ts';
import { readDicomFile } from '../../engine/dicom/read/part10.ts';
import type { Command } from '../command.ts';
import { cutTo, printable } from '../text-table.ts';

export const runShow: Command = async (options) => {
  const [, path = ''] = options.words(2, 2);
  const wanted = options.text('tag')?.toLowerCase();
  const { meta, dataSet, transferSyntax } = readDicomFile(await readLocation({ path }));
  const all = [...(meta ? listed(meta) : []), ...listed(dataSet)];
  const elements = wanted === undefined ? all : matching(all, wanted);
  return {
    json: { transferSyntax: { uid: transferSyntax.uid, name: transferSyntax.name }, elements },
    text: (width) => [
      transferSyntax.name,
      '',
      ...(elements.length === 0 ? ['No such element.'] : linesOf(elements, 0, width)),
    ],
  };
};

/** Elements, at any depth, whose tag or name holds what is looked for. */
function matching(elements: readonly ListedElement[], wanted: string): ListedElement[] {
  return elements.flatMap((element) => {
    const { tag, name, items } = element;
    if (tag.toLowerCase().includes(wanted) || name.toLowerCase().includes(wanted)) return [element];
    return items?.flatMap((item) => matching(item, wanted)) ?? [];
  });
}

function linesOf(elements: readonly ListedElement[], depth: number, width: number): string[] {
  const indent = '  '.repeat(depth);
  return elements.flatMap((element) => {
    const { tag, vr, name, creator, items } = element;
    const head = `${indent}${tag} ${vr} ${name}${creator === undefined ? '' : ` [${printable(creator)}]`}`;
    const line = cutTo(`${head.padEnd(56)} ${valueInWords(element)}`.trimEnd(), width);
    return [
      line,
      ...(items ?? []).flatMap((item, i) => [`${indent}  Item ${i + 1}`, ...linesOf(item, depth + 2, width)]),
    ];
  });
}

function valueInWords({ values, items, fragments, length }: ListedElement): string {
  if (items) return items.length === 1 ? '1 item' : `${items.length} items`;
  if (fragments !== undefined) return `${length.toLocaleString('en-GB')} bytes in ${fragments} fragments`;
  if (values) return printable(values.join('\\'));
  return length === 0 ? '' : `${length.toLocaleString('en-GB')} bytes`;
}
