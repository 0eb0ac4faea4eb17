import { basename, resolve } from 'node:path';
import { differences } from '../../engine/dicom/deidentify/profile/profile-file.ts';
import { Profile } from '../../engine/dicom/deidentify/profile/profile.ts';
import {
  defaultTemplate,
  mediaNames,
  namesBy,
  type NamingChoice,
} from '../../engine/dicom/deidentify/output-name.ts';
import type { RegionReview } from '../../engine/dicom/pixels/burned-in/region-review.ts';
import { importDicom, type Quarantined } from '../../engine/dicom/import/import-dicom.ts';
import type { DicomLocation } from '../../engine/dicom/import/location.ts';
import { requireNoLinkedSource } from '../../engine/linked-sources.ts';
import { liesWithin } from '../../engine/dicom/import/lies-within.ts';
import { openArchive } from '../../engine/jobs/deidentify/archive-output.ts';
import { deidentifySet, type Withheld } from '../../engine/jobs/deidentify/deidentify-set.ts';
import { runMark } from '../../engine/jobs/deidentify/set-marks.ts';
import { FolderOutput } from '../../engine/jobs/deidentify/folder-output.ts';
import { ChangesFile, MapFiles } from '../../engine/jobs/deidentify/secret-papers.ts';
import { startEarly } from '../../engine/jobs/deidentify/maker-threads.ts';
import type { SetOutput } from '../../engine/jobs/deidentify/set-output.ts';
import { Pace, type TaskContext } from '../../engine/jobs/task.ts';
import { AppError } from '../../shared/errors.ts';
import { isSealedName, unsealedName } from '../../shared/output-names.ts';
import type { Protection } from '../../shared/output.ts';
import type { Command, CommandResult } from '../command.ts';
import { cleanedPixels } from '../deid/pixels.ts';
import { profileChoices } from '../deid/profile-choices.ts';
import { keepFound, keepWritten, storedProject, type StoredProject } from '../deid/stored-project.ts';
import { resultOf, toReviewResult } from '../deid/summary.ts';
import { readProtection } from '../export-options.ts';
import { openStoreOf } from '../open-store.ts';
import type { Options } from '../options.ts';
import { keyInUse, type PseudonymKeyInUse } from '../pseudonym-key.ts';
import { requireApart } from '../paths.ts';

export const runDeid: Command = async (options, context) => {
  const words = options.words(2, Infinity);
  const [sources, out] = [words.slice(0, -1), words.at(-1) ?? ''];
  const dryRun = options.flag('dry-run');
  const settings = await settingsOf(options, out);
  const papers = [options.text('map'), options.text('changes')].filter((path) => path !== undefined);
  for (const path of [out, ...papers]) {
    await requireApart(path, [...sources, ...options.filesRead()]);
    requireOutside(path, sources);
  }
  requireOneSecret(options);
  // A key or a project that a dry run makes would be there afterwards.
  const opened =
    dryRun || options.text('store') === undefined
      ? undefined
      : await openStoreOf(options, context.signal, { create: options.text('project') === undefined });
  try {
    if (opened) for (const path of [out, ...papers]) await requireNoLinkedSource(opened.store, path, '');
    const project = opened && storedProject(opened.store, options.text('project'), sources);
    const kept = project ? project.store.pseudonyms.of(project.id) : null;
    const key = await keyInUse(dryRun ? undefined : options.text('key-file'), kept);
    const makers = papers.length === 0 ? early(key, settings, context) : undefined;
    try {
      const { startMaker = context.startMaker } = makers ?? {};
      return await deidentify(options, { sources, out, settings, key, project }, { ...context, startMaker });
    } finally {
      await makers?.end();
    }
  } finally {
    opened?.vault.close();
  }
};

function requireOneSecret(options: Options): void {
  const inStore = options.text('store') !== undefined;
  if (inStore && options.text('key-file') !== undefined)
    throw options.wrong('The secret is that of --store or that of --key-file: leave out one of the two.');
  if (!inStore && options.text('project') !== undefined)
    throw options.wrong('--project is one of a store: name it with --store.');
}

/** Threads begin while files are looked at, unless pixels are treated, which is done here. */
function early({ key }: PseudonymKeyInUse, { profile, naming }: Settings, { startMaker }: TaskContext) {
  const isHere = profile.has('clean-pixel-data') || profile.has('clean-recognizable-visual-features');
  if (isHere || !startMaker) return undefined;
  return startEarly(startMaker, { choices: profile.choices, key: key.handle, naming });
}

interface Wanted {
  readonly sources: readonly string[];
  readonly out: string;
  readonly settings: Settings;
  readonly key: PseudonymKeyInUse;
  readonly project: StoredProject | undefined;
}

async function deidentify(
  options: Options,
  { sources, out, settings, key, project }: Wanted,
  context: TaskContext,
): Promise<CommandResult> {
  const dryRun = options.flag('dry-run');
  // What a project keeps is found again from wherever it is opened.
  const found = await look(project ? sources.map((path) => resolve(path)) : sources, context);
  if (project) keepFound(project, found);
  const reviewDir = options.text('review-dir');
  if (reviewDir !== undefined && !settings.profile.has('clean-pixel-data')) {
    throw options.wrong('--review-dir is for text in pictures: take --option clean-pixel-data as well.');
  }
  if (reviewDir !== undefined) requireOutside(reviewDir, sources);
  const pixels = dryRun
    ? undefined
    : await cleanedPixels(
        { index: found.index, profile: settings.profile, key: key.key, reviewDir },
        context,
      );
  if (reviewDir !== undefined && pixels?.toReview !== undefined) {
    return toReviewResult(reviewDir, pixels.toReview, key);
  }
  const paperOptions = { overwrite: options.flag('force'), protection: settings.protection };
  const [mapPath, changesPath] = [options.text('map'), options.text('changes')];
  const map = mapPath === undefined ? undefined : await MapFiles.open(mapPath, paperOptions);
  const changes = changesPath === undefined ? undefined : await ChangesFile.open(changesPath, paperOptions);
  const withheld: Withheld[] = [];
  try {
    const done = await deidentifySet(
      {
        ...{ index: found.index, profile: settings.profile, key: key.key, naming: settings.naming },
        dicomdir: settings.dicomdir,
        output: dryRun ? null : await openOutput(out, options, settings, key, pixels?.review),
        treatPixels: pixels?.treatPixels,
        onPair: map?.add,
        onWithheld: (file) => withheld.push(file),
        onFile: changes && (({ location }, made) => changes.add(location, made)),
      },
      { ...context, report: (update) => context.report({ phase: 'De-identifying', ...update }) },
    );
    const written = [...((await map?.commit()) ?? []), ...(changes ? [changes.path] : [])];
    await changes?.commit();
    if (project) keepWritten(project, out, done);
    return resultOf({ ...settings, ...found, done, withheld, out, dryRun, key, project, papers: written });
  } finally {
    await map?.discard();
    await changes?.discard();
  }
}

interface Settings {
  readonly profile: Profile;
  readonly naming: NamingChoice;
  readonly template: string;
  readonly dicomdir: boolean;
  readonly protection: Protection | null;
}

async function settingsOf(options: Options, out: string): Promise<Settings> {
  const profile = new Profile(await profileChoices(options));
  const dicomdir = options.flag('dicomdir');
  const given = options.text('template');
  if (dicomdir && given !== undefined)
    throw options.wrong('Media have names of their own: leave out --template.');
  const template = given ?? defaultTemplate;
  const protection = await readProtection(options);
  const isArchive = unsealedName(out).toLowerCase().endsWith('.zip');
  if (isSealedName(out) && protection === null) {
    throw options.wrong('A name that ends in .age is for encrypted files: say for whom with --encrypt-to.');
  }
  if (protection !== null && !(isArchive && isSealedName(out))) {
    throw options.wrong('What is encrypted is one file: name it OUT.zip.age.');
  }
  return {
    ...{ profile, template, dicomdir, protection },
    naming: dicomdir ? mediaNames : namesBy(template),
  };
}

async function look(sources: readonly string[], { signal, report }: TaskContext) {
  const quarantine: Quarantined[] = [];
  const directories: DicomLocation[] = [];
  const pace = new Pace('files');
  const { index, counts } = await importDicom(sources, {
    signal,
    onQuarantined: (file) => quarantine.push(file),
    onDirectory: (location) => directories.push(location),
    onProgress: ({ files }) => {
      report({ phase: 'Looking at the files', progress: null, rate: pace.update(files) });
    },
  });
  if (index.counts.instances > 0) return { index, counts, quarantine, directories };
  throw AppError.of('dicom/not-dicom', 'dicom_nothing_found', {});
}

async function openOutput(
  out: string,
  options: Options,
  { profile, template, dicomdir, protection }: Settings,
  { key }: PseudonymKeyInUse,
  review: RegionReview | undefined,
): Promise<SetOutput> {
  const overwrite = options.flag('force');
  if (unsealedName(out).toLowerCase().endsWith('.zip')) return openArchive(out, { overwrite, protection });
  const { choices } = profile;
  const run = runMark(key, [
    [...choices.options],
    differences(choices),
    dicomdir ? 'media' : template,
    review ?? null,
  ]);
  return new FolderOutput(out, { overwrite, run });
}

/** What is written into a source would be taken for a part of it the next time. */
function requireOutside(output: string, sources: readonly string[]): void {
  if (!sources.some((source) => liesWithin(output, source))) return;
  throw new AppError(
    'usage',
    `“${basename(output)}” lies within what is read.`,
    'Choose a folder outside of it.',
  );
}
