import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { writeDicom } from '../write/part10.ts';
import { readDicomFile } from './part10.ts';

const folder = 'test/fixtures/dicom';
const read = (file: string) => readDicomFile(readFileSync(`${folder}/${file}`));

function codeOf(bytes: Uint8Array): string {
  try {
    readDicomFile(bytes);
    return 'read';
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

it('reads one image alike in implicit, big-endian and compressed transfer syntaxes', () => {
  const values = ['MR_small_implicit.dcm', 'MR_small_bigendian.dcm', 'MR_small_RLE.dcm'].map((file) => {
    const { dataSet } = read(file);
    return [0x00100010, 0x00280010, 0x00280011, 0x00280030, 0x00201041, 0x00280107].map((tag) => [
      dataSet.strings(tag),
      dataSet.numbers(tag),
    ]);
  });
  expect(values[0]?.[1]).toEqual([['64'], [64]]);
  expect(values[1]).toEqual(values[0]);
  expect(values[2]).toEqual(values[0]);
});

it('names the transfer syntax of files that do not', () => {
  expect(read('ExplVR_BigEndNoMeta.dcm').transferSyntax.name).toBe('Explicit VR Big Endian');
  expect(read('ExplVR_LitEndNoMeta.dcm').transferSyntax.name).toBe('Explicit VR Little Endian');
  expect(read('meta_missing_tsyntax.dcm').transferSyntax.name).toBe('Implicit VR Little Endian');
  expect(read('ExplVR_LitEndNoMeta.dcm')).toMatchObject({ preamble: undefined, meta: undefined });
});

it('inflates what is deflated', () => {
  const file = read('image_dfl.dcm');
  expect(file.transferSyntax.deflated).toBe(true);
  expect(file.bytes.length).toBeGreaterThan(file.source.length);
  expect(file.dataSet.get(0x7fe00010)?.length).toBe(262_144);
});

it('finds fragments by their lengths, whatever is in them', () => {
  const pixels = read('JPEG2000-embedded-sequence-delimiter.dcm').dataSet.get(0x7fe00010);
  expect(pixels).toMatchObject({ undefinedLength: true, offsetTable: [] });
  expect(pixels?.fragments).toHaveLength(1);
});

it('finds sequences that do not say they are', () => {
  const { dataSet } = read('nested_priv_SQ.dcm');
  const [item] = dataSet.items(0x00010001);
  const [inner] = item?.items(0x00010001) ?? [];
  expect(inner?.elements.length).toBeGreaterThan(0);
  expect(read('UN_sequence.dcm').dataSet.elements.some(({ vr, items }) => vr === 'UN' && items)).toBe(true);
});

it('stops before the element it is told', () => {
  const bytes = readFileSync(`${folder}/MR_small_implicit.dcm`);
  const whole = readDicomFile(bytes);
  const header = readDicomFile(bytes, { until: 0x7fe00010 });
  const pixels = whole.dataSet.get(0x7fe00010);
  expect(header.dataSet.elements).toEqual(
    whole.dataSet.elements.filter(({ tag }) => tag < 0x7fe00010).map((element) => ({ ...element })),
  );
  expect(header.stoppedAt).toMatchObject({ tag: 0x7fe00010, valueStart: pixels?.valueStart, length: 8192 });
});

it.each(readdirSync(folder).filter((file) => !file.endsWith('.md')))(
  'covers %s with its elements',
  (file) => {
    const bytes = readFileSync(`${folder}/${file}`);
    if (file.includes('truncated')) return expect(codeOf(bytes)).toBe('dicom/truncated');
    const { dataSet, meta, bytes: all } = readDicomFile(bytes);
    const elements = [...(meta?.elements ?? []), ...dataSet.elements];
    for (const [i, { start }] of elements.entries()) {
      if (i > 0) expect(start).toBe(elements[i - 1]?.end);
    }
    expect(elements.at(-1)?.end).toBe(all.length);
  },
);

describe('bad input', () => {
  /** An explicit little-endian element without a file meta group around it. */
  const element = (tag: readonly number[], vr: string, length: number, value: readonly number[] = []) => {
    const long = ['SQ', 'UN', 'OB', 'UT'].includes(vr);
    const bytes = Buffer.alloc(long ? 12 : 8);
    bytes.set(tag);
    bytes.write(vr, 4, 'latin1');
    if (long) bytes.writeUInt32LE(length, 8);
    else bytes.writeUInt16LE(length, 6);
    return Buffer.concat([bytes, Buffer.from(value)]);
  };
  const modality = element([8, 0, 0x60, 0], 'CS', 2, [0x4d, 0x52]);

  it.each(['MR_small_implicit.dcm', 'MR_small_bigendian.dcm', 'image_dfl.dcm', 'rtplan.dcm', 'reportsi.dcm'])(
    'reads or refuses %s cut off at every 97th byte',
    (file) => {
      const bytes = readFileSync(`${folder}/${file}`);
      const codes = new Set<string>();
      for (let end = 0; end < bytes.length; end += 97) codes.add(codeOf(bytes.subarray(0, end)));
      expect(codes).toContain('dicom/truncated');
      codes.delete('read');
      expect([...codes].every((code) => code.startsWith('dicom/'))).toBe(true);
    },
  );

  it.each(['SQ', 'UN', 'OB', 'UT'])('refuses a length of four billion bytes for %s', (vr) => {
    for (const length of [0xfffffffe, 0xfffffff0, 0x80000000]) {
      expect(codeOf(Buffer.concat([modality, element([0x10, 0, 0x10, 0x40], vr, length)]))).toBe(
        'dicom/truncated',
      );
    }
  });

  it('refuses an item longer than its sequence', () => {
    const item = Buffer.from([0xfe, 0xff, 0, 0xe0, 0xff, 0xff, 0, 0]);
    const sequence = element([8, 0, 0x40, 0x11], 'SQ', item.length, [...item]);
    expect(codeOf(Buffer.concat([modality, sequence]))).toBe('dicom/truncated');
  });

  it('refuses nesting ten thousand deep without running out of stack', () => {
    const open = Buffer.concat([
      element([8, 0, 0x40, 0x11], 'SQ', 0xffffffff),
      Buffer.from([0xfe, 0xff, 0, 0xe0, 0xff, 0xff, 0xff, 0xff]),
    ]);
    const close = Buffer.from([0xfe, 0xff, 0x0d, 0xe0, 0, 0, 0, 0, 0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0]);
    const nested = (depth: number) =>
      Buffer.concat([
        modality,
        ...new Array<Buffer>(depth).fill(open),
        ...new Array<Buffer>(depth).fill(close),
      ]);
    expect(codeOf(nested(10_000))).toBe('dicom/damaged');
    expect(codeOf(nested(100))).toBe('read');
  });

  it('refuses what would fill the memory or take forever', () => {
    const zeros = Buffer.concat([modality, Buffer.alloc(8_000_000), Buffer.from([1])]);
    expect(codeOf(zeros)).toBe('dicom/damaged');
    const empty = Buffer.from([0xfe, 0xff, 0, 0xe0, 0, 0, 0, 0]);
    const items = Buffer.alloc(8 * 1_000_001, empty);
    expect(codeOf(Buffer.concat([modality, element([8, 0, 0x40, 0x11], 'SQ', items.length), items]))).toBe(
      'dicom/damaged',
    );
    expect(codeOf(Buffer.concat([modality, Buffer.alloc(1_000_000)]))).toBe('read');
  });

  it('reads or refuses whatever the bytes are, and writes what it reads', () => {
    const files = readdirSync(folder).filter((file) => !file.endsWith('.md'));
    const change = fc.tuple(
      fc.nat(1200),
      fc.oneof(fc.constantFrom(0, 1, 0x53, 0x51, 0xfe, 0xff), fc.nat(255)),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.array(change, { minLength: 1, maxLength: 6 }),
        (name, changes) => {
          const bytes = Buffer.from(readFileSync(`${folder}/${name}`));
          for (const [at, value] of changes) bytes[at % bytes.length] = value;
          if (codeOf(bytes) !== 'read') return;
          const file = readDicomFile(bytes);
          const out = readDicomFile(writeDicom(file, [{ kind: 'remove', tag: 0xfffb0001 }]));
          expect(out.dataSet.elements.map(({ tag, length }) => [tag, length])).toEqual(
            file.dataSet.elements.map(({ tag, length }) => [tag, length]),
          );
          for (const one of file.dataSet.elements) {
            file.dataSet.stringsOf(one);
            file.dataSet.numbersOf(one);
          }
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('reads past value representations that are wrong', () => {
    const file = Buffer.concat([
      modality,
      element([0x10, 0, 0x10, 0], 'US', 4, [0x41, 0x5e, 0x42, 0x20]),
      element([0x10, 0, 0x20, 0], 'ZZ', 2, [0x31, 0x20]),
      element([0x10, 0, 0x40, 0], 'PN', 2, [0x46, 0x20]),
    ]);
    const { dataSet } = readDicomFile(file);
    expect(dataSet.elements.map(({ vr }) => vr)).toEqual(['CS', 'US', 'UN', 'PN']);
    expect(dataSet.text(0x00100020)).toBe('1');
    expect(dataSet.numbers(0x00100010)).toEqual([0x5e41, 0x2042]);
  });

  it('refuses a deflated data set that would fill the memory', () => {
    const bytes = readFileSync(`${folder}/image_dfl.dcm`);
    const start = readDicomFile(bytes).meta?.elements.at(-1)?.end ?? 0;
    const zeros = deflateRawSync(Buffer.alloc(50_000_000));
    expect(codeOf(Buffer.concat([bytes.subarray(0, start), zeros]))).toBe('dicom/damaged');
    expect(codeOf(Buffer.concat([bytes.subarray(0, start), Buffer.from('no deflate')]))).toBe(
      'dicom/damaged',
    );
  });

  it.each(['', 'a', 'DICM', 'Name;Age\nA;3\n', '%PDF-1.7 ........................................'])(
    'says that “%s” is no DICOM file',
    (text) => {
      expect(codeOf(Buffer.from(text))).toBe('dicom/not-dicom');
    },
  );
});
