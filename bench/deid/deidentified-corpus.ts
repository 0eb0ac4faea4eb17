/** The corpus as a folder of files, de-identified as `semblance deid` does it. */
import { createHmac } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { defaultTemplate, namesBy } from '../../src/engine/dicom/deidentify/output-name.ts';
import type { OptionName } from '../../src/engine/dicom/deidentify/profile/options.ts';
import { basicChoices, Profile } from '../../src/engine/dicom/deidentify/profile/profile.ts';
import { Pseudonyms } from '../../src/engine/dicom/deidentify/pseudonyms.ts';
import { importDicom } from '../../src/engine/dicom/import/import-dicom.ts';
import { emptyReview } from '../../src/engine/dicom/pixels/burned-in/region-review.ts';
import { readDicomFile } from '../../src/engine/dicom/read/part10.ts';
import { SOP_INSTANCE_UID } from '../../src/engine/dicom/tag.ts';
import { deidentifySet } from '../../src/engine/jobs/deidentify/deidentify-set.ts';
import { findText } from '../../src/engine/jobs/deidentify/find-text.ts';
import { FolderOutput } from '../../src/engine/jobs/deidentify/folder-output.ts';
import { pixelTreatment } from '../../src/engine/jobs/deidentify/treat-pixels.ts';
import { startRecogniser } from '../../src/engine/recogniser-thread.ts';
import type { Specimen } from './checks.ts';

/** Those under which MIDI-B is scored. */
export const options: readonly OptionName[] = [
  'clean-pixel-data',
  'clean-descriptors',
  'clean-structured-content',
  'retain-long-modified-dates',
  'retain-patient-characteristics',
  'retain-safe-private',
];

const key = {
  mac: (purpose: string, text: string) => createHmac('sha256', 'midi').update(`${purpose}\0${text}`).digest(),
};

export interface Outputs {
  /** By the SOP Instance UID that they have now. */
  readonly files: ReadonlyMap<string, string>;
  readonly patients: ReadonlyMap<string, string>;
  readonly uids: ReadonlyMap<string, string>;
  /** Why files were not written, without their contents. */
  readonly withheld: readonly string[];
  readonly seconds: number;
}

export async function deidentified(folder: string, specimens: Iterable<Specimen>): Promise<Outputs> {
  const [from, to] = [join(folder, 'in'), join(folder, 'out')];
  for (const [i, { bytes }] of [...specimens].entries()) {
    const path = join(from, String(i % 16), `${String(i)}.dcm`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
  const started = performance.now();
  const withheld: string[] = [];
  const { index } = await importDicom([from], {
    onQuarantined: ({ error }) => withheld.push(error.message),
  });
  const profile = new Profile({ ...basicChoices, options: new Set(options) });
  const pseudonyms = new Pseudonyms(key);
  const context = { signal: new AbortController().signal, report: () => undefined };
  const recogniser = await startRecogniser('resources', 2);
  const { review } = await findText({ index, pseudonyms, recogniser, review: emptyReview }, context);
  recogniser.close();
  const maps = { patient: new Map<string, string>(), uid: new Map<string, string>() };
  await deidentifySet(
    {
      ...{ index, profile, key, naming: namesBy(defaultTemplate) },
      output: new FolderOutput(to, { overwrite: false, run: 'bench' }),
      treatPixels: pixelTreatment({ profile, pseudonyms, review, head: undefined }),
      onPair: (kind, old, made) => maps[kind].set(old, made),
      onWithheld: ({ error }) => withheld.push(error.message),
    },
    context,
  );
  return {
    ...{ files: filesOf(to), patients: maps.patient, uids: maps.uid, withheld },
    seconds: (performance.now() - started) / 1000,
  };
}

function filesOf(folder: string): Map<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.dcm'))
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    paths.map((path) => [readDicomFile(readFileSync(path)).dataSet.text(SOP_INSTANCE_UID) ?? '', path]),
  );
}
