/** The tables of docs/dicom-conformance.md, made from those that the code reads and writes by. */
import { characterSetTerms } from '../../src/engine/dicom/character-set.ts';
import { deepestNesting, mostElements, mostItems } from '../../src/engine/dicom/read/elements.ts';
import { transferSyntaxes } from '../../src/engine/dicom/transfer-syntax.ts';
import { implementationName, implementationUid } from '../../src/engine/dicom/write/part10.ts';

import { dummyValue } from '../../src/engine/dicom/deidentify/dummy-values.ts';
import {
  basicProfile,
  optionNames,
  profileOptions,
} from '../../src/engine/dicom/deidentify/profile/options.ts';
import { basicChoices, Profile } from '../../src/engine/dicom/deidentify/profile/profile.ts';
import { profileRows } from '../../src/engine/dicom/deidentify/profile/table.ts';
import { treatmentOf, type Treatment } from '../../src/engine/dicom/deidentify/profile/treatment.ts';
import { formatTag, isPrivate } from '../../src/engine/dicom/tag.ts';
import { vrs } from '../../src/engine/dicom/vr.ts';

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
  options: () =>
    table(
      ['option', 'code (DCM)', 'meaning'],
      [
        ['(always)', basicProfile.code, basicProfile.meaning],
        ...optionNames.map((name): Row => [name, profileOptions[name].code, profileOptions[name].meaning]),
      ],
    ),
  dummies: () =>
    table(
      ['value representation', 'dummy value'],
      vrs.filter((vr) => vr !== 'SQ' && vr !== 'UI').map(dummyRow),
    ),
  attributes: () =>
    table(
      ['tag', 'attribute', 'code', 'type 3', 'type 2', 'type 1', 'IOD not known'],
      [...profileRows()].map(([hex, { name, basic }]): Row => {
        const tag = /^[0-9a-f]{8}$/.test(hex) ? Number.parseInt(hex, 16) : undefined;
        const shown =
          tag === undefined ? `(${hex.slice(0, 4)},${hex.slice(4)})`.toUpperCase() : formatTag(tag);
        if (tag !== undefined && isPseudonym(tag))
          return [shown, name, basic, ...Array<string>(4).fill('pseudonym')];
        const types = ['3', '2', '1', 'unknown'] as const;
        return [shown, name, basic, ...types.map((type) => treatmentWords[treatmentOf(basic, type)])];
      }),
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

const treatmentWords: Readonly<Record<Treatment, string>> = {
  remove: 'removed',
  empty: 'emptied',
  dummy: 'dummy',
  keep: 'kept',
  clean: 'cleaned',
  uid: 'new UID',
  'uids-inside': 'new UIDs inside',
};

const basic = new Profile(basicChoices);

function isPseudonym(tag: number): boolean {
  return !isPrivate(tag) && basic.handling(tag, undefined, undefined) === 'pseudonym';
}

function dummyRow(vr: string): Row {
  const value = dummyValue(vr);
  return [vr, typeof value === 'string' ? value : Array.isArray(value) ? '0' : `${value.length} zero bytes`];
}

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
