import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { screenshot, screenshotSize } from '../../../../test/unit/dicom-screenshot.ts';
import { type OptionName } from '../../dicom/deidentify/profile/options.ts';
import { basicChoices, Profile } from '../../dicom/deidentify/profile/profile.ts';
import { namesBy } from '../../dicom/deidentify/output-name.ts';
import { Pseudonyms } from '../../dicom/deidentify/pseudonyms.ts';
import { importDicom } from '../../dicom/import/import-dicom.ts';
import { type StudyIndex } from '../../dicom/import/study-index.ts';
import { averageHead } from '../../dicom/pixels/faces/average-head.ts';
import { type Recogniser } from '../../dicom/pixels/burned-in/recogniser.ts';
import { emptyReview, withFound, withRemoved } from '../../dicom/pixels/burned-in/region-review.ts';
import { framesOf } from '../../dicom/pixels/file-frames.ts';
import { readDicomFile } from '../../dicom/read/part10.ts';
import { deidentifySet, type Withheld } from './deidentify-set.ts';
import { findText } from './find-text.ts';
import { type SetOutput, type WrittenFile } from './set-output.ts';
import { pixelTreatment } from './treat-pixels.ts';

const folder = mkdtempSync(join(tmpdir(), 'semblance-pixels-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const key = {
  mac: (purpose: string, text: string) => createHmac('sha256', 'k').update(`${purpose}\0${text}`).digest(),
};
const pseudonyms = new Pseudonyms(key);
const profileOf = (...options: OptionName[]) => new Profile({ ...basicChoices, options: new Set(options) });
const quiet = { signal: new AbortController().signal, report: () => undefined };
/** Strokes find what these tests draw; recognising has tests of its own. */
const blind: Recogniser = { regions: () => Promise.resolve([]), close: () => undefined };

const { rows, columns } = screenshotSize;

class Collecting implements SetOutput {
  readonly files: Uint8Array[] = [];
  former() {
    return undefined;
  }
  put(_: WrittenFile, bytes: Uint8Array) {
    this.files.push(bytes);
    return Promise.resolve('written' as const);
  }
  putBeside() {
    return Promise.resolve();
  }
  finish() {
    return Promise.resolve();
  }
  abandon() {
    return Promise.resolve();
  }
}

let index: StudyIndex;
beforeAll(async () => {
  for (let i = 0; i < 3; i++)
    writeFileSync(join(folder, `${String(i)}.dcm`), screenshot(i + 1, 'SMITH 1950'));
  ({ index } = await importDicom([folder], { onQuarantined: () => undefined }));
});

async function written(profile: Profile, review = emptyReview) {
  const output = new Collecting();
  const withheld: Withheld[] = [];
  const head = await averageHead('resources');
  const treatPixels = pixelTreatment({ profile, pseudonyms, review, head });
  const naming = namesBy('{instance}');
  const done = await deidentifySet(
    { index, profile, key, naming, output, treatPixels, onWithheld: (file) => withheld.push(file) },
    quiet,
  );
  return { ...done, files: output.files, errors: withheld.map(({ error }) => error.message) };
}

/** Pixels that changed within the words, and elsewhere. */
async function changes(file: Uint8Array) {
  const source = readDicomFile(screenshot(1, 'SMITH 1950'));
  const [before, after] = [await framesOf(source)?.frame(0), await framesOf(readDicomFile(file))?.frame(0)];
  let [left, elsewhere] = [0, 0];
  for (let i = 0; i < rows * columns; i++) {
    const isWords = (before?.samples[3 * i] ?? 0) === 255;
    const isSame = before?.samples[3 * i] === after?.samples[3 * i];
    if (isWords && isSame) left++;
    if (!isSame && Math.floor(i / columns) > 40) elsewhere++;
  }
  return { left, elsewhere };
}

describe('cleaning pixels', () => {
  it('makes what was found black in every image of a device, and leaves the rest', async () => {
    const { review, fresh } = await findText(
      { index, pseudonyms, recogniser: blind, review: emptyReview },
      quiet,
    );
    expect(fresh).toHaveLength(1);
    const { files, maybeText } = await written(profileOf('clean-pixel-data'), review);
    expect(files).toHaveLength(3);
    expect(maybeText).toBe(0);
    for (const file of files) {
      expect(await changes(file)).toEqual({ left: 0, elsewhere: 0 });
      expect(readDicomFile(file).dataSet.text(0x00280301)).toBe('NO');
    }
    const again = await findText({ index, pseudonyms, recogniser: blind, review }, quiet);
    expect(again.fresh).toEqual([]);
  });

  it('leaves what a person has taken out of the regions', async () => {
    const { review } = await findText({ index, pseudonyms, recogniser: blind, review: emptyReview }, quiet);
    const kept = review.geometries.reduce(
      (all, { geometry, regions }) =>
        regions.reduce((one, region) => withRemoved(one, { geometry }, region), all),
      review,
    );
    const { files } = await written(profileOf('clean-pixel-data'), kept);
    expect((await changes(files[0] ?? new Uint8Array())).left).toBeGreaterThan(100);
  });

  it('names nothing of the source in the review', async () => {
    const { review } = await findText({ index, pseudonyms, recogniser: blind, review: emptyReview }, quiet);
    const [entry] = review.geometries;
    if (!entry) throw new Error('nothing found');
    const each = withFound(review, { geometry: entry.geometry, instance: pseudonyms.uid('1.2.3.1') }, []);
    expect(JSON.stringify(each)).not.toMatch(/1\.2\.3\.\d|P1|SMITH/);
  });

  it('withholds what nobody has looked at', async () => {
    const { files, errors } = await written(profileOf('clean-pixel-data'));
    expect(files).toEqual([]);
    expect(new Set(errors)).toEqual(new Set(['Nobody has looked for text in pictures of this device.']));
  });

  it('is not said to have been done where it was not', async () => {
    const work = { index, profile: profileOf('clean-pixel-data'), key, naming: namesBy('{instance}') };
    const output = new Collecting();
    await expect(
      deidentifySet({ ...work, output, onWithheld: () => undefined }, quiet),
    ).rejects.toMatchObject({
      code: 'request/invalid',
    });
  });

  it('of faces leaves what is no cross-section of a head', async () => {
    const { files } = await written(profileOf('clean-recognizable-visual-features'));
    expect(files).toHaveLength(3);
    expect((await changes(files[0] ?? new Uint8Array())).elsewhere).toBe(0);
  });
});
