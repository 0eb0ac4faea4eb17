import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readDicomFile } from '../read/part10.ts';
import { Dicomdir } from './dicomdir.ts';

const folder = mkdtempSync(join(tmpdir(), 'semblance-dicomdir-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const [NEXT, LOWER, TYPE, FILE] = [0x00041400, 0x00041420, 0x00041430, 0x00041500];
const files = ['MR_small_implicit.dcm', 'MR_small_RLE.dcm', 'rtplan.dcm', 'chrH31.dcm'];

function directory(): Uint8Array {
  const made = new Dicomdir();
  for (const [i, name] of files.entries()) {
    made.add(readDicomFile(readFileSync(`test/fixtures/dicom/${name}`)), `DICOM/FILE${String(i)}`);
  }
  return made.bytes('2.25.1');
}

describe('a directory', () => {
  const file = readDicomFile(directory());
  const items = file.dataSet.get(0x00041220)?.items ?? [];
  const at = new Map(items.map((item) => [item.start, item.dataSet]));

  /** Types and files, as the offsets lead to them. */
  function walk(offset: number, depth = 0): string[] {
    const lines: string[] = [];
    for (let place = offset; place !== 0;) {
      const record = at.get(place);
      if (!record) throw new Error('no record there');
      lines.push(
        `${'  '.repeat(depth)}${record.text(TYPE) ?? ''} ${record.strings(FILE).join('/')}`.trimEnd(),
      );
      lines.push(...walk(record.numbers(LOWER)[0] ?? 0, depth + 1));
      place = record.numbers(NEXT)[0] ?? 0;
    }
    return lines;
  }

  it('leads to every file by its offsets', () => {
    expect(walk(file.dataSet.numbers(0x00041200)[0] ?? 0)).toEqual([
      'PATIENT',
      '  STUDY',
      '    SERIES',
      // The second has the same SOP Instance UID: one instance is one record.
      '      IMAGE DICOM/FILE0',
      'PATIENT',
      '  STUDY',
      '    SERIES',
      '      RT PLAN DICOM/FILE2',
      'PATIENT',
      '  STUDY',
      '    SERIES',
      '      IMAGE DICOM/FILE3',
    ]);
    expect(file.dataSet.text(0x00080018)).toBeUndefined();
    expect(file.meta?.text(0x00020003)).toBe('2.25.1');
  });

  const dcmdump = spawnSync('dcmdump', ['--version']).error === undefined;
  if (!dcmdump) console.warn('dcmdump is not here: DICOMDIRs are not read by another program.');
  it.skipIf(!dcmdump)('is read by dcmdump, which checks the offsets', () => {
    const path = join(folder, 'DICOMDIR');
    writeFileSync(path, directory());
    const { status, stderr, stdout } = spawnSync('dcmdump', [path], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.match(/Directory Record/g)?.length).toBeGreaterThanOrEqual(items.length);
  });
});
