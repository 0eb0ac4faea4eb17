/** `semblance dicom show`: the elements of a file. */
import { attributeOf } from '../../engine/dicom/dictionary/attributes.ts';
import { readLocation } from '../../engine/dicom/import/read-file.ts';
import type { DataSet, DicomElement } from '../../engine/dicom/read/data-set.ts';
import { readDicomFile } from '../../engine/dicom/read/part10.ts';
import { formatTag, isPrivate, isPrivateCreator } from '../../engine/dicom/tag.ts';
import { isText } from '../../engine/dicom/vr.ts';
import type { Command } from '../command.ts';
import { cutTo, printable } from '../text-table.ts';

/** Values of more numbers than this are told by their length. */
const mostNumbers = 16;

interface Shown {
  readonly tag: string;
  readonly vr: string;
  readonly name: string;
  readonly creator?: string;
  readonly length: number;
  readonly values?: readonly (string | number)[];
  readonly fragments?: number;
  readonly items?: readonly (readonly Shown[])[];
}

export const runShow: Command = async (options) => {
  const [, path = ''] = options.words(2, 2);
  const wanted = options.text('tag')?.toLowerCase();
  const { meta, dataSet, transferSyntax } = readDicomFile(await readLocation({ path }));
  const all = [...(meta ? shownOf(meta) : []), ...shownOf(dataSet)];
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

function shownOf(dataSet: DataSet): Shown[] {
  return dataSet.elements.map((element) => {
    const { tag, vr, length, items, fragments } = element;
    const creator = dataSet.creatorOf(tag);
    const values = valuesOf(dataSet, element);
    return {
      tag: formatTag(tag),
      vr,
      name:
        attributeOf(tag)?.name ??
        (isPrivateCreator(tag) ? 'Private Creator' : isPrivate(tag) ? 'Private' : ''),
      ...(creator !== undefined && { creator }),
      length,
      ...(values && { values }),
      ...(fragments && { fragments: fragments.length }),
      ...(items && { items: items.map((item) => shownOf(item.dataSet)) }),
    };
  });
}

function valuesOf(dataSet: DataSet, element: DicomElement): readonly (string | number)[] | undefined {
  const vr = dataSet.vr(element);
  if (vr === 'AT') return dataSet.numbersOf(element).map(formatTag);
  if (isText(vr)) return dataSet.stringsOf(element);
  if (element.length > mostNumbers * 8) return undefined;
  const numbers = dataSet.numbersOf(element);
  return numbers.length > 0 && numbers.length <= mostNumbers ? numbers : undefined;
}

/** Elements, at any depth, whose tag or name holds what is looked for. */
function matching(elements: readonly Shown[], wanted: string): Shown[] {
  return elements.flatMap((element) => {
    const { tag, name, items } = element;
    if (tag.toLowerCase().includes(wanted) || name.toLowerCase().includes(wanted)) return [element];
    return items?.flatMap((item) => matching(item, wanted)) ?? [];
  });
}

function linesOf(elements: readonly Shown[], depth: number, width: number): string[] {
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

function valueInWords({ values, items, fragments, length }: Shown): string {
  if (items) return items.length === 1 ? '1 item' : `${items.length} items`;
  if (fragments !== undefined) return `${length.toLocaleString('en-GB')} bytes in ${fragments} fragments`;
  if (values) return printable(values.join('\\'));
  return length === 0 ? '' : `${length.toLocaleString('en-GB')} bytes`;
}
