import { readFileSync, readdirSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { readDicomFile, type DicomFile } from '../read/part10.ts';
import { transferSyntaxOf } from '../transfer-syntax.ts';
import { type Edit } from '../write/edits.ts';
import { writeDicom } from '../write/part10.ts';
import { deidentifyFile } from './deidentify-file.ts';
import { optionNames, type OptionName } from './profile/options.ts';
import { basicChoices, Profile } from './profile/profile.ts';
import { Pseudonyms } from './pseudonyms.ts';
import { createHmac } from 'node:crypto';

const fixtures = 'test/fixtures/dicom';
/** No word, part or number of the standard or of what Semblance writes. */
const secret = 'Zyxwvut';
const nameOf = `${secret}^Qwertzu`;
const uidOf = '1.3.6.1.4.1.99999.4711.815';
const phi = [secret, 'Qwertzu', 'K0815-4711', '99999.4711', '19470811', '0171-5550815', 'Kummerweg'];

const key = {
  mac: (purpose: string, text: string) =>
    createHmac('sha256', 'project').update(`${purpose}\0${text}`).digest(),
};
const profileOf = (...options: OptionName[]) =>
  new Profile({ ...basicChoices, options: new Set<OptionName>(options) });
const deidentified = (file: DicomFile, ...options: OptionName[]) =>
  deidentifyFile(file, { profile: profileOf(...options), pseudonyms: new Pseudonyms(key) });

const text = (
  tag: number,
  vr: 'LO' | 'PN' | 'UI' | 'DA' | 'UT' | 'ST' | 'CS' | 'SH' | 'AE' | 'DT' | 'IS' | 'UR',
  value: string,
): Edit => ({
  kind: 'set',
  tag,
  vr,
  value,
});
const bytesOf = (tag: number, vr: 'OB' | 'OW' | 'UN', value: string): Edit => ({
  kind: 'set',
  tag,
  vr,
  value: Buffer.from(value),
});
const items = (tag: number, ...list: Edit[][]): Edit => ({ kind: 'setItems', tag, items: list });

/** What identifies somebody, as it stands at every depth. */
const people: Edit[] = [
  text(0x00080014, 'UI', uidOf),
  text(0x00080080, 'LO', `${secret} Clinic`),
  text(0x00080081, 'ST', 'Kummerweg 5'),
  text(0x00080090, 'PN', nameOf),
  text(0x00100010, 'PN', nameOf),
  text(0x00100020, 'LO', 'K0815-4711'),
  text(0x00100030, 'DA', '19470811'),
  text(0x00102154, 'SH', '0171-5550815'),
  text(0x00104000, 'UT', `Mr ${secret} was born 19470811`),
  text(0x00290010, 'LO', `${secret} PRIVATE`),
  text(0x00291001, 'LO', nameOf),
  bytesOf(0x00291002, 'OB', `bytes of ${nameOf}`),
  bytesOf(0x00291003, 'UN', nameOf),
  // A standard attribute that does not say what it is.
  bytesOf(0x00102160, 'UN', nameOf),
  // One that nobody knows.
  bytesOf(0x00110991, 'UN', nameOf),
  bytesOf(0x00120991, 'UN', nameOf),
  text(0x00081155, 'UI', uidOf),
  // The table does not list these.
  text(0x00142006, 'PN', nameOf),
  text(0x00080070, 'LO', `Maker of ${secret}`),
];

const canaries: Edit[] = [
  ...people,
  bytesOf(0x00080000, 'OB', nameOf),
  items(0x00081140, people, [...people, items(0x0040a170, [...people, items(0x00081115, people)])]),
  items(0x00082112, [items(0x0040a170, [items(0x00081199, people)])]),
  items(0x00880200, [...people, bytesOf(0x7fe00010, 'OW', nameOf)]),
  items(0x04000561, [items(0x04000550, people)]),
  items(0xfffafffa, [bytesOf(0x04000120, 'OB', nameOf)]),
  items(0x0040a730, [
    text(0x0040a040, 'CS', 'TEXT'),
    text(0x0040a160, 'UT', `chest of ${secret} ${nameOf}`),
    items(0x0040a730, [text(0x0040a123, 'PN', nameOf), text(0x0040a160, 'UT', `Seen by ${secret}`)]),
    items(0x0040a168, [
      text(0x00080100, 'SH', 'X1'),
      text(0x00080102, 'SH', '99LOCAL'),
      text(0x00080104, 'LO', nameOf),
    ]),
  ]),
  text(0x00420010, 'ST', `Letter of ${secret}`),
  bytesOf(0x00420011, 'OB', `%PDF-1.4 ${nameOf}`),
  text(0x00420012, 'LO', 'application/pdf'),
  bytesOf(0x50003000, 'OW', nameOf),
  text(0x50002500, 'LO', nameOf),
  bytesOf(0x60003000, 'OW', nameOf),
  text(0x60004000, 'LO', nameOf),
  text(0x60001500, 'LO', nameOf),
  bytesOf(0xfffcfffc, 'OB', nameOf),
  text(0x00081030, 'LO', `Chest ${secret} 0171-5550815`),
  text(0x00181030, 'LO', `T1 ${secret}`),
  text(0x00081190, 'UR', `http://${secret}/1`),
];

/** Preamble and file meta group with the same, before a data set as it is. */
function withHead(dataSet: Uint8Array, syntax: string): Uint8Array {
  const preamble = Buffer.alloc(128);
  preamble.write(nameOf, 20);
  const meta = [
    element(0x0002, 'UI', 0x0003, uidOf),
    element(0x0002, 'UI', 0x0010, syntax),
    element(0x0002, 'AE', 0x0016, secret),
    element(0x0002, 'UR', 0x0026, `http://${secret}`),
    element(0x0002, 'OB', 0x0102, nameOf),
  ];
  return Buffer.concat([preamble, Buffer.from('DICM'), ...meta, dataSet]);
}

function element(group: number, vr: string, number: number, value: string): Buffer {
  const even = value.length % 2 === 0 ? value : `${value}${vr === 'UI' || vr === 'OB' ? '\0' : ' '}`;
  const isLong = vr === 'OB' || vr === 'UR';
  const head = Buffer.alloc(isLong ? 12 : 8);
  head.writeUInt16LE(group, 0);
  head.writeUInt16LE(number, 2);
  head.write(vr, 4);
  if (isLong) head.writeUInt32LE(even.length, 8);
  else head.writeUInt16LE(even.length, 6);
  return Buffer.concat([head, Buffer.from(even)]);
}

const dataSetOf = (written: Uint8Array) => {
  const { dataSet, bytes } = readDicomFile(written);
  return bytes.subarray(dataSet.elements[0]?.start ?? 0);
};

const [implicit, explicit, bigEndian] = [
  'MR_small_implicit.dcm',
  'MR_small_RLE.dcm',
  'MR_small_bigendian.dcm',
];
const pixels = { native: undefined, encapsulated: [Buffer.from([0xff, 0xd8, 1, 2, 3, 4])] };

/** Sixteen transfer syntaxes with a file that is laid out as they ask. */
const variants: readonly (readonly [uid: string, from: string, layout: keyof typeof pixels])[] = [
  ['1.2.840.10008.1.2', implicit, 'native'],
  ['1.2.840.10008.1.2.1', explicit, 'native'],
  ['1.2.840.10008.1.2.1.99', explicit, 'native'],
  ['1.2.840.10008.1.2.2', bigEndian, 'native'],
  ...['1.98', '4.50', '4.51', '4.57', '4.70', '4.80', '4.81', '4.90', '4.91', '4.201', '4.203', '5'].map(
    (end) => [`1.2.840.10008.1.2.${end}`, explicit, 'encapsulated'] as const,
  ),
];

function canaryFile(uid: string, from: string, layout: keyof typeof pixels): Uint8Array {
  const file = readDicomFile(readFileSync(`${fixtures}/${from}`));
  const frames = pixels[layout];
  const written = writeDicom(file, [
    ...canaries,
    {
      kind: 'setFrames',
      tag: 0x7fe00010,
      vr: 'OW',
      frames: frames ?? [new Uint8Array(64)],
      encapsulated: frames !== undefined,
    },
  ]);
  const dataSet = dataSetOf(written);
  return withHead(transferSyntaxOf(uid)?.deflated === true ? deflateRawSync(dataSet) : dataSet, uid);
}

function traces(bytes: Uint8Array): string[] {
  const all = Buffer.from(bytes).toString('latin1').toLowerCase();
  return phi.filter((value) => all.includes(value.toLowerCase()));
}

const choices: readonly OptionName[][] = [
  [],
  [
    'clean-descriptors',
    'clean-structured-content',
    'clean-graphics',
    'retain-long-modified-dates',
    'retain-safe-private',
  ],
  [
    'retain-device-identity',
    'retain-patient-characteristics',
    'clean-structured-content',
    'clean-descriptors',
  ],
];

describe.each(variants)('a file of %s with secrets everywhere', (uid, from, layout) => {
  const source = canaryFile(uid, from, layout);

  it('has them', () => {
    expect(traces(readDicomFile(source).bytes)).toEqual(phi);
  });

  it.each(choices.map((options) => [options]))('comes out clean under %j', (options) => {
    const { file, bytes } = deidentified(readDicomFile(source), ...options);
    expect(traces(bytes)).toEqual([]);
    expect(traces(file.bytes)).toEqual([]);
    expect(file.transferSyntax.uid).toBe(uid);
    expect(file.dataSet.text(0x00120062)).toBe('YES');
  });
});

describe('a de-identified file', () => {
  const source = () => readDicomFile(canaryFile('1.2.840.10008.1.2.1', explicit, 'native'));

  it('says by what options, with codes', () => {
    const { file } = deidentified(source(), 'clean-descriptors', 'retain-long-modified-dates');
    const codes = file.dataSet.items(0x00120064).map((item) => item.text(0x00080100));
    expect(codes).toEqual(['113100', '113105', '113107']);
    expect(file.dataSet.text(0x00280303)).toBe('MODIFIED');
    expect(deidentified(source()).file.dataSet.text(0x00280303)).toBe('REMOVED');
  });

  it('keeps safe words of descriptions when they are cleaned', () => {
    const { file } = deidentified(source(), 'clean-descriptors');
    expect(file.dataSet.text(0x00081030)).toBe('Chest [removed]');
    expect(deidentified(source()).file.dataSet.get(0x00081030)).toBeUndefined();
  });

  it('names schemes of codes that are known, whatever becomes of the codes, and no others', () => {
    const ofCodes = [
      items(0x0040a730, [
        items(0x0040a043, [text(0x00080102, 'SH', '99KUMMERWEG')], [text(0x00080102, 'SH', 'UCUM')]),
      ]),
    ];
    const written = readDicomFile(writeDicom(source(), ofCodes));
    for (const options of [[], ['clean-structured-content']] as OptionName[][]) {
      const [content] = deidentified(written, ...options).file.dataSet.items(0x0040a730);
      expect(content?.items(0x0040a043).map((code) => code.text(0x00080102))).toEqual(['99REMOVED', 'UCUM']);
    }
  });

  it('has one UID for one UID, wherever it stands', () => {
    const { file } = deidentified(source());
    const made = new Pseudonyms(key).uid(uidOf);
    expect(file.dataSet.text(0x00080014)).toBe(made);
    expect(file.meta?.text(0x00020003)).toBe(file.dataSet.text(0x00080018));
  });

  it('shows each change before and after', () => {
    const changes = new Map<string, string | undefined>();
    deidentifyFile(source(), {
      profile: profileOf(),
      pseudonyms: new Pseudonyms(key),
      onChange: ({ path, before, after }) => changes.set(`${path.join('/')} ${before ?? ''}`, after),
    });
    expect(changes.get(`${0x00100020} K0815-4711`)).toBe(
      new Pseudonyms(key).patient({ id: 'K0815-4711', issuer: '' }),
    );
    expect(changes.get(`${0x00291001} ${nameOf}`)).toBeUndefined();
    expect(changes.size).toBeGreaterThan(30);
  });
});

it('withholds a file in whose pixels a name stands', () => {
  const file = readDicomFile(readFileSync(`${fixtures}/${explicit}`));
  const written = writeDicom(file, [
    text(0x00100010, 'PN', nameOf),
    {
      kind: 'setFrames',
      tag: 0x7fe00010,
      vr: 'OB',
      frames: [Buffer.from(`xx ${nameOf} xx`)],
      encapsulated: true,
    },
  ]);
  const attempt = () => deidentified(readDicomFile(written));
  expect(attempt).toThrow(AppError);
  expect(attempt).toThrow(/\(0010,0010\).*\(7FE0,0010\)/);
  expect(attempt).not.toThrow(secret);
});

const readable = readdirSync(fixtures).filter((name) => !/truncated|\.md$|DICOMDIR/.test(name));
it.each(readable)('%s comes out, under every option by itself, and twice the same', (name) => {
  const file = readDicomFile(readFileSync(`${fixtures}/${name}`));
  for (const option of [undefined, ...optionNames]) {
    const options = option === undefined ? [] : [option];
    const { bytes } = deidentified(file, ...options);
    expect(Buffer.compare(bytes, deidentified(file, ...options).bytes)).toBe(0);
  }
});
