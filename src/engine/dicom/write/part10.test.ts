import fc from 'fast-check';
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { type DataSet } from '../read/data-set.ts';
import { readDicomFile, type DicomFile } from '../read/part10.ts';
import { explicitBigEndian, explicitLittleEndian, transferSyntaxOf } from '../transfer-syntax.ts';
import { type Edit } from './edits.ts';
import { writeDicom } from './part10.ts';

const folder = 'test/fixtures/dicom';
const read = (file: string) => readDicomFile(readFileSync(`${folder}/${file}`));
const files = readdirSync(folder).filter((file) => !file.endsWith('.md') && !file.includes('truncated'));
const again = (file: DicomFile, edits: readonly Edit[], options = {}) =>
  readDicomFile(writeDicom(file, edits, options));

/** What a data set says, wherever it lies. */
function contentOf(dataSet: DataSet): unknown {
  return dataSet.elements.map((element) => [
    element.tag,
    element.vr,
    element.items?.map((item) => contentOf(item.dataSet)) ??
      element.fragments?.map(({ start, end }) =>
        Buffer.from(dataSet.source.subarray(start, end)).toString('hex'),
      ) ??
      Buffer.from(dataSet.bytes(element.tag) ?? []).toString('hex'),
  ]);
}

describe.each(files)('%s', (name) => {
  it('is written as it was read', () => {
    const file = read(name);
    expect(Buffer.compare(writeDicom(file, []), file.source)).toBe(0);
  });

  it('is the same to the byte where the edits change nothing', () => {
    const file = read(name);
    const everyItem = (dataSet: DataSet): Edit[] => [
      { kind: 'remove', tag: 0xfffb0001 },
      ...dataSet.elements.flatMap(({ tag, items }): Edit[] =>
        items ? [{ kind: 'items', tag, items: items.map((item) => everyItem(item.dataSet)) }] : [],
      ),
    ];
    const out = readDicomFile(writeDicom(file, everyItem(file.dataSet)));
    expect(Buffer.compare(out.bytes, file.bytes)).toBe(0);
  });

  it('keeps everything but what is edited', () => {
    const file = read(name);
    const tags = file.dataSet.elements.map(({ tag }) => tag);
    fc.assert(
      fc.property(fc.subarray(tags), (removed) => {
        const out = again(
          file,
          removed.map((tag) => ({ kind: 'remove', tag })),
          // Without one, a file that lacks its first elements could not be known as DICOM.
          file.meta ? {} : { meta: 'fresh' },
        );
        const rest = contentOf(file.dataSet);
        if (!Array.isArray(rest)) throw new TypeError();
        const groups = new Set(removed.map((tag) => tag >>> 16));
        const kept = rest.filter(
          ([tag]: [number]) => !removed.includes(tag) && !(tag % 0x10000 === 0 && groups.has(tag >>> 16)),
        );
        expect(contentOf(out.dataSet)).toEqual(kept);
      }),
      { numRuns: 20 },
    );
  });

  it('takes new values of every kind and in their order', () => {
    const file = read(name);
    const out = again(file, [
      { kind: 'set', tag: 0x00100010, value: 'Doe^Jane' },
      { kind: 'set', tag: 0x00280010, vr: 'US', value: [512] },
      { kind: 'set', tag: 0x00189087, vr: 'FD', value: [1.5, -2.25] },
      { kind: 'set', tag: 0x00280009, vr: 'AT', value: [0x00181063] },
      { kind: 'set', tag: 0x00281050, vr: 'DS', value: [40, 400.5] },
      {
        kind: 'setItems',
        tag: 0x00120064,
        items: [
          [
            { kind: 'set', tag: 0x00080102, value: 'DCM' },
            { kind: 'set', tag: 0x00080100, value: '113100' },
          ],
        ],
      },
    ]);
    const { dataSet } = out;
    expect(dataSet.text(0x00100010)).toBe('Doe^Jane');
    expect(dataSet.numbers(0x00280010)).toEqual([512]);
    expect(dataSet.numbers(0x00189087)).toEqual([1.5, -2.25]);
    expect(dataSet.numbers(0x00280009)).toEqual([0x00181063]);
    expect(dataSet.numbers(0x00281050)).toEqual([40, 400.5]);
    expect(dataSet.items(0x00120064).map((item) => item.elements.map(({ tag }) => tag))).toEqual([
      [0x00080100, 0x00080102],
    ]);
    const before = file.dataSet.elements.map(({ tag }) => tag);
    const wasSorted = before.every((tag, i) => i === 0 || tag > (before[i - 1] ?? 0));
    const after = dataSet.elements.map(({ tag }) => tag);
    if (wasSorted) expect(after).toEqual([...after].sort((a, b) => a - b));
  });
});

const more = process.env.SEMBLANCE_DICOM;
it.skipIf(more === undefined)(
  'every file at hand is read and written as it was, or refused with a reason',
  () => {
    const refused: string[] = [];
    for (const entry of globSync('**/*', { cwd: more ?? '', withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const bytes = readFileSync(join(entry.parentPath, entry.name));
      try {
        const file = readDicomFile(bytes);
        const touched = readDicomFile(writeDicom(file, [{ kind: 'remove', tag: 0xfffb0001 }]));
        expect(Buffer.compare(writeDicom(file, []), bytes)).toBe(0);
        expect(Buffer.compare(touched.bytes, file.bytes)).toBe(0);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        refused.push(`${entry.name}: ${error.code}`);
      }
    }
    expect(refused.every((reason) => reason.includes(': dicom/'))).toBe(true);
  },
);

it('changes items in place, and their lengths with them', () => {
  for (const name of ['rtplan.dcm', 'reportsi.dcm', 'nested_priv_SQ.dcm', 'UN_sequence.dcm']) {
    const file = read(name);
    const sequence = file.dataSet.elements.find(({ items }) => items && items.length > 0);
    if (!sequence) throw new TypeError(name);
    const edits: Edit[] = [
      {
        kind: 'items',
        tag: sequence.tag,
        items: [[{ kind: 'set', tag: 0x00081030, value: 'a longer text' }]],
      },
    ];
    const out = again(file, edits);
    expect(out.dataSet.items(sequence.tag)[0]?.text(0x00081030)).toBe('a longer text');
    expect(out.dataSet.get(sequence.tag)?.undefinedLength).toBe(sequence.undefinedLength);
    expect(out.dataSet.elements.length).toBe(file.dataSet.elements.length);
  }
});

it('writes a file meta group and preamble of its own', () => {
  const out = again(read('MR_small_implicit.dcm'), [{ kind: 'set', tag: 0x00080018, value: '2.25.7' }], {
    meta: 'fresh',
    preamble: 'fresh',
  });
  expect(out.preamble).toEqual(new Uint8Array(128));
  expect(out.meta?.text(0x00020003)).toBe('2.25.7');
  expect(out.meta?.elements.map(({ tag }) => tag)).toEqual([
    0x00020000, 0x00020001, 0x00020002, 0x00020003, 0x00020010, 0x00020012, 0x00020013,
  ]);
  const [length, ...rest] = out.meta?.elements ?? [];
  expect(out.meta?.numbers(0x00020000)).toEqual([(rest.at(-1)?.end ?? 0) - (length?.end ?? 0)]);
});

it('brings no instance back that was taken away', () => {
  const options = { meta: 'fresh', preamble: 'fresh' };
  const file = read('MR_small_implicit.dcm');
  const former = file.dataSet.text(0x00080018) ?? '';
  const bytes = writeDicom(file, [{ kind: 'remove', tag: 0x00080018 }], { meta: 'fresh', preamble: 'fresh' });
  expect(former).not.toBe('');
  expect(Buffer.from(bytes).includes(former)).toBe(false);
  expect(again(file, [], options).meta?.text(0x00020003)).toBe(former);
});

it('gives files without preamble or file meta group both when asked to', () => {
  const file = read('ExplVR_BigEndNoMeta.dcm');
  const out = again(file, [], { meta: 'fresh', preamble: 'fresh' });
  expect(out.transferSyntax.name).toBe('Explicit VR Big Endian');
  expect(contentOf(out.dataSet)).toEqual(contentOf(file.dataSet));
});

it('lets the file meta group follow a new instance', () => {
  const out = again(read('rtplan.dcm'), [{ kind: 'set', tag: 0x00080018, value: '2.25.123456' }]);
  expect(out.meta?.text(0x00020003)).toBe('2.25.123456');
});

it('writes frames plain and in fragments', () => {
  const file = read('MR_small_RLE.dcm');
  const frames = [Uint8Array.of(1, 2, 3), Uint8Array.of(4, 5)];
  const tag = 0x7fe00010;
  const plain = again(file, [{ kind: 'setFrames', tag, vr: 'OW', frames, encapsulated: false }], {
    transferSyntax: explicitLittleEndian,
  });
  expect(plain.transferSyntax).toBe(explicitLittleEndian);
  expect([...(plain.dataSet.bytes(tag) ?? [])]).toEqual([1, 2, 3, 4, 5, 0]);
  const rle = again(file, [{ kind: 'setFrames', tag, vr: 'OB', frames, encapsulated: true }]);
  const pixels = rle.dataSet.get(tag);
  expect(rle.transferSyntax).toBe(transferSyntaxOf('1.2.840.10008.1.2.5'));
  expect(pixels?.offsetTable).toEqual([0, 12]);
  expect(pixels?.fragments?.map(({ start, end }) => [...rle.bytes.subarray(start, end)])).toEqual([
    [1, 2, 3, 0],
    [4, 5],
  ]);
});

function refusal(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof AppError) return `${error.code}: ${error.message}`;
  }
  return 'none';
}

it('refuses what the character set or the layout of the file cannot hold, quoting nothing', () => {
  const file = read('MR_small_implicit.dcm');
  const said = refusal(() => writeDicom(file, [{ kind: 'set', tag: 0x00100010, value: '山田' }]));
  expect(said).toMatch(/^dicom\/unfit: .*\(0010,0010\)/);
  expect(said).not.toContain('山田');
  expect(refusal(() => writeDicom(file, [], { transferSyntax: explicitBigEndian }))).toMatch(/^dicom\/unfit/);
});

it('writes values longer than a short length can say', () => {
  const long = 'x'.repeat(70_000);
  const out = again(read('reportsi.dcm'), [{ kind: 'set', tag: 0x00104000, vr: 'LT', value: long }]);
  expect(out.dataSet.get(0x00104000)?.vr).toBe('UN');
  expect(out.dataSet.text(0x00104000)).toBe(long);
});
