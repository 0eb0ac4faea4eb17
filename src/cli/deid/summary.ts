/** What de-identifying has done, or would do, in words and for machines. */
import { styleText } from 'node:util';
import { type ProfileChoices } from '../../engine/dicom/deidentify/profile/profile.ts';
import { type Change } from '../../engine/dicom/deidentify/plan.ts';
import { locationInWords } from '../../engine/dicom/import/location.ts';
import type { ImportCounts, Quarantined } from '../../engine/dicom/import/import-dicom.ts';
import type { StudyIndex } from '../../engine/dicom/import/study-index.ts';
import { formatTag } from '../../engine/dicom/tag.ts';
import type { DeidentifiedSet, Withheld } from '../../engine/jobs/deidentify/deidentify-set.ts';
import type { CommandResult } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import type { StoredProject } from './stored-project.ts';
import type { PseudonymKeyInUse } from '../pseudonym-key.ts';
import { printable, textTable } from '../text-table.ts';
import { bytesInWords, count, noteLines, wrap } from '../words.ts';

export interface Outcome {
  readonly profile: { readonly choices: ProfileChoices };
  readonly index: StudyIndex;
  readonly counts: ImportCounts;
  readonly quarantine: readonly Quarantined[];
  readonly done: DeidentifiedSet;
  readonly withheld: readonly Withheld[];
  readonly out: string;
  readonly dryRun: boolean;
  readonly key: PseudonymKeyInUse;
  /** Of the store, whose secret it is. */
  readonly project: StoredProject | undefined;
  /** Files that tell of the people in the source. */
  readonly papers: readonly string[];
}

/** More are counted and told with --json. */
const mostShown = 20;

export function resultOf(outcome: Outcome): CommandResult {
  const { index, done, withheld, quarantine, dryRun, out, papers, profile, project } = outcome;
  const { summary, ...counts } = done;
  return {
    exitCode: withheld.length > 0 ? exitCodes.unverified : exitCodes.ok,
    json: {
      dryRun,
      ...(!dryRun && { output: { path: out } }),
      profile: { name: profile.choices.name, options: [...profile.choices.options] },
      counts: { ...index.counts, ...counts },
      attributes: summary.attributes.map(({ tag, ...row }) => ({
        tag: tag === undefined ? null : formatTag(tag),
        ...row,
      })),
      keptWords: summary.keptWords,
      key: outcome.key.from,
      ...(project && { project: { id: project.id, name: project.name } }),
      papers,
      withheld: withheld.map(inJson),
      quarantine: quarantine.map(inJson),
    },
    text: (width) => [
      ...head(outcome),
      ...(dryRun ? ['', ...attributeLines(done, width)] : []),
      ...noteParagraphs(outcome).flatMap((note) => noteLines(note, width)),
      ...fileLines('Withheld:', withheld, width),
      ...fileLines('Set aside before:', quarantine, width),
    ],
  };
}

/** Text was found that nobody has looked at: nothing is written before somebody has. */
export function toReviewResult(
  folder: string,
  pictures: readonly string[],
  key: PseudonymKeyInUse,
): CommandResult {
  return {
    exitCode: exitCodes.unverified,
    json: { dryRun: false, review: { folder, pictures }, key: key.from },
    text: (width) => [
      `Text was looked for in the pictures, and nothing was written yet: ${count(pictures.length, 'picture')} in ${folder}`,
      ...wrap(
        'Look at them: what is framed will be made black in all images of the device. Change regions.json where that is wrong ("state": "removed" keeps a region, a region of your own is "state": "added", "foundBy": []), then give the same command again.',
        width,
      ),
      ...noteLines('The pictures show what is written in the images: keep them apart.', width),
      ...noteLines(keyInWords(key), width),
    ],
  };
}

function inJson({ location, error }: Withheld | Quarantined): unknown {
  return { ...location, code: error.code, message: error.message, fix: error.fix };
}

function head({ index, done, dryRun, out, profile, papers, project }: Outcome): string[] {
  const { patients } = index.counts;
  const { written, same, former, bytes } = done;
  const all = written + same + former;
  const options = [...profile.choices.options];
  return [
    dryRun
      ? `Would de-identify ${count(all, 'file')} of ${count(patients, 'patient')}; nothing was written`
      : `De-identified ${count(all, 'file')} of ${count(patients, 'patient')} (${bytesInWords(bytes)}): ${out}`,
    ...(same + former === 0
      ? []
      : [
          `         ${count(same + former, 'file')} of them ${same + former === 1 ? 'was' : 'were'} there already`,
        ]),
    `Profile  ${profile.choices.name}${options.length === 0 ? '' : `, with ${options.join(', ')}`}`,
    ...(project ? [`Project  ${printable(project.name)} in the store`] : []),
    ...papers.map((path) => `Secret   ${path}`),
  ];
}

function noteParagraphs({ done, dryRun, key, index, papers }: Outcome): string[] {
  const notes: string[] = [];
  if (!dryRun) notes.push(keyInWords(key));
  if (papers.length > 0)
    notes.push('Whoever has the files marked “Secret” can tell who is who: keep them apart.');
  if (done.maybeText > 0) {
    notes.push(
      `${count(done.maybeText, 'file')} may show text in the picture, by what ${done.maybeText === 1 ? 'it says' : 'they say'} of how ${done.maybeText === 1 ? 'it was' : 'they were'} made, and the pictures were left as they are: look them over, or take --option clean-pixel-data.`,
    );
  }
  if (index.patientsWithoutId > 0) {
    notes.push(
      `${count(index.patientsWithoutId, 'patient')} without a Patient ID: each study of theirs became one patient.`,
    );
  }
  if (index.studiesOfSeveralPatients > 0) {
    notes.push(
      `In ${index.studiesOfSeveralPatients.toLocaleString('en-GB')} of the studies are files of more than one Patient ID.`,
    );
  }
  const words = done.summary.keptWords;
  if (words.length > 0)
    notes.push(`Cleaned text kept ${count(words.length, 'word')} known to name nobody: --json lists them.`);
  return notes;
}

function keyInWords({ from, path = '', readableByOthers }: PseudonymKeyInUse): string {
  switch (from) {
    case 'new-file':
      return `New IDs, UIDs and dates hang on the key just made in ${path}: keep it, and apart from what was written.`;
    case 'file':
      return `New IDs, UIDs and dates hang on the key in ${path}${readableByOthers === true ? ', which others on this machine can read: chmod 600 it' : ''}.`;
    case 'store':
      return 'New IDs, UIDs and dates hang on the secret of the project, which stays in the store: the window gives the same ones.';
    case 'once':
      return 'The key of new IDs, UIDs and dates is gone now: a later run gives other ones. With --key-file or --store they stay the same.';
  }
}

const handlingWords: Readonly<Record<Change['handling'], string>> = {
  remove: 'removed',
  private: 'removed (private)',
  unknown: 'removed (not of the standard)',
  empty: 'emptied',
  dummy: 'dummy value',
  pseudonym: 'pseudonym',
  uid: 'new UID',
  'uids-inside': 'new UIDs inside',
  clean: 'cleaned',
  scrub: 'names taken out',
  keep: 'kept',
};

function attributeLines({ summary }: DeidentifiedSet, width: number): string[] {
  return textTable(
    [
      { head: 'Tag', align: 'left' },
      { head: 'Attribute', align: 'left', flexible: true },
      { head: 'What happens', align: 'left', flexible: true },
      { head: 'Files', align: 'right' },
      { head: 'Times', align: 'right' },
    ],
    summary.attributes.map(({ tag, name, handling, files, changed }) => [
      tag === undefined ? '' : formatTag(tag),
      tag === undefined ? 'Private attributes' : name,
      handlingWords[handling],
      files.toLocaleString('en-GB'),
      changed.toLocaleString('en-GB'),
    ]),
    width,
  );
}

function fileLines(title: string, files: readonly (Withheld | Quarantined)[], width: number): string[] {
  if (files.length === 0) return [];
  const rest = files.length - mostShown;
  return [
    '',
    title.startsWith('Withheld') ? styleText('red', title) : title,
    ...files
      .slice(0, mostShown)
      .flatMap(({ location, error }) => [
        `  ${printable(locationInWords(location))}`,
        ...wrap(error.message, width - 4).map((line) => `    ${line}`),
      ]),
    ...(rest > 0 ? [`  … and ${count(rest, 'more file')}: see --json`] : []),
  ];
}
