/** The tables of docs/dicom-conformance.md, made from those that the code reads and writes by. */
import { characterSetTerms } from '../../src/engine/dicom/character-set.ts';
import { deepestNesting, mostElements, mostItems } from '../../src/engine/dicom/read/elements.ts';
import { transferSyntaxes } from '../../src/engine/dicom/transfer-syntax.ts';
import { implementationName, implementationUid } from '../../src/engine/dicom/write/part10.ts';

type Row = readonly string[];

const tables: Readonly<Record<string, () => string>> = {
  'transfer syntaxes': () =>
    table(
      ['transfer syntax', 'UID', 'elements', 'pixel data', 'may be lossy'],
      transferSyntaxes.map(({ name, uid, explicit, littleEndian, deflated, encapsulated, lossy }): Row => [
        name,
        uid,
        `${explicit ? 'explicit' : 'implicit'}, ${littleEndian ? 'little' : 'big'}-endian${deflated ? ', deflated' : ''}`,
        encapsulated ? 'in fragments' : 'plain',
        lossy ? 'yes' : 'no',
      ]),
    ),
  'character sets': () =>
    table(
      ['defined term', 'read', 'new values written'],
      characterSetTerms.map(({ term, written }): Row => [term, 'yes', written ? 'yes' : 'ASCII only']),
    ),
  implementation: () =>
    table(
      ['item', 'value'],
      [
        ['Implementation Class UID (0002,0012)', implementationUid],
        ['Implementation Version Name (0002,0013)', implementationName],
        ['Deepest nesting of sequences that is read', String(deepestNesting)],
        ['Most elements of a data set, and most items of a sequence', `${mostElements}, ${mostItems}`],
      ],
    ),
};

function table(head: Row, rows: readonly Row[]): string {
  const line = (cells: Row) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** The document with each of its tables as the code has it now. */
export function withConformanceTables(document: string): string {
  return Object.entries(tables).reduce((text, [name, make]) => {
    const [start, end] = [`<!-- ${name}: written by npm run docs -->`, `<!-- /${name} -->`];
    const [from, to] = [text.indexOf(start), text.indexOf(end)];
    if (from === -1 || to < from) throw new Error(`docs/dicom-conformance.md has no place for its ${name}.`);
    return `${text.slice(0, from)}${start}\n\n${make()}\n\n${text.slice(to)}`;
  }, document);
}
