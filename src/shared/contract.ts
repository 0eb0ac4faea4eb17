/**
 * The one contract between the window and the engine: every channel, what goes in, what comes out.
 * `app.*` channels are answered by the main process (dialogs, shell, theme), all others by the engine.
 */
import { z } from 'zod';
import { deviceChoice, deviceView } from './devices.ts';
import {
  devicePicture,
  dicomChange,
  dicomChoices,
  dicomDevice,
  dicomImage,
  dicomPatient,
  dicomProject,
  dicomSummary,
  dicomTag,
  pictureRegion,
  quarantinedFile,
} from './dicom.ts';
import { job, saidError } from './jobs.ts';
import { exportPlan } from './export-plan.ts';
import { languageChoices, locales } from './language.ts';
import { verification } from './manifest.ts';
import { access, delimiter, mixing, modelOpener, newPassphrase, outputFormat, protection } from './output.ts';
import { anonymityReport } from './personal.ts';
import { project, projectSummary } from './project.ts';
import { projectRule } from './rules.ts';
import { eraseChoice, protectionChoice, storeContent, storeState } from './store.ts';
import { columnChoice, previewPage } from './table.ts';
import { trainingProgress, trainingSettings } from './training.ts';

const none = z.undefined();
const id = z.string().min(1).max(64);
/** No system has a file with a NUL in its name. */
const path = z
  .string()
  .max(4096)
  .regex(/^[^\0]+$/);
/** What the user wants; main remembers it from start to start. */
const theme = z.enum(['light', 'dark', 'system']);
/** The language the user wants; main remembers it, too. */
const language = z.enum(languageChoices);
/** The language that it comes to on this system. */
const locale = z.enum(locales);
const trainingMinutes = trainingSettings.shape.minutes;
const condition = z.string().min(1).max(10_000);
const projectId = z.object({ projectId: id });
/** Part of a long list. */
const page = z.object({
  projectId: id,
  offset: z.number().int().min(0),
  limit: z.number().int().min(1).max(500),
});
/** A file of a series, by its place in the order of Instance Numbers. */
const ofSeries = z.object({ projectId: id, series: z.string().max(64), index: z.number().int().min(0) });
/** A passphrase or recovery key as typed. It is never logged, stored or sent on. */
const secret = z.string().max(1000);
/** Rows to be written, whoever can open them. */
const rowsToWrite = z.object({
  projectId: id,
  format: outputFormat,
  /** Between the fields of CSV; that of the source unless given. */
  delimiter: delimiter.optional(),
  rows: z.number().int().min(1).max(1_000_000_000),
  seed: z.number().int().min(0).max(0xffffffff),
  /** A condition that every row satisfies. */
  where: condition.optional(),
  /** Real rows among them. */
  mixing: mixing.optional(),
  /** Language of a report to be read, written beside them where it is given. */
  report: locale.optional(),
});
const recoveryKey = z.object({ recoveryKey: secret });

export const contract = {
  'app.info': {
    input: none,
    output: z.object({
      version: z.string(),
      runtime: z.string(),
      platform: z.string(),
      theme,
      language,
      locale,
      /** Minutes a new project is trained at most, where the user has said so. */
      trainingMinutes: trainingMinutes.optional(),
    }),
  },
  /** System dialog; null when dismissed. */
  'app.chooseSource': { input: none, output: path.nullable() },
  'app.chooseModel': { input: none, output: path.nullable() },
  /** Folders, or files, of DICOM; empty when dismissed. */
  'app.chooseDicom': { input: z.enum(['folder', 'files']), output: z.array(path) },
  /** A folder to write into; null when dismissed. */
  'app.chooseFolder': { input: none, output: path.nullable() },
  /** A profile of de-identification. */
  'app.chooseProfile': { input: none, output: path.nullable() },
  /** A file of secret keys. */
  'app.chooseKeys': { input: none, output: path.nullable() },
  'app.chooseBackup': { input: none, output: path.nullable() },
  'app.chooseManifest': { input: none, output: path.nullable() },
  /** System save dialog (asks before overwriting); null when dismissed. */
  'app.chooseTarget': {
    input: z.object({
      suggestedName: z.string().min(1).max(255),
      format: z.union([
        outputFormat,
        z.enum(['tsv', 'model', 'backup', 'recovery-key', 'dicom-map', 'dicom-profile']),
      ]),
      /** It will be encrypted. */
      sealed: z.boolean().optional(),
      /** A report to be read will lie beside it. */
      report: z.boolean().optional(),
    }),
    output: path.nullable(),
  },
  /** Shows a file this app has written, in the system's file manager. */
  'app.reveal': { input: z.object({ path }), output: none },
  'app.setTheme': { input: theme, output: none },
  /** Minutes for new projects from now on. */
  'app.setTrainingMinutes': { input: trainingMinutes, output: none },
  'app.setLanguage': { input: language, output: z.object({ language, locale }) },

  'store.state': { input: none, output: storeState },
  /** Looks again at a store that could not be used. */
  'store.retry': { input: none, output: storeState },
  /** Makes the store. The recovery key is told this once. */
  'store.create': { input: protectionChoice, output: recoveryKey },
  'store.unlock': { input: z.object({ secret }), output: storeState },
  /** Opens it with the recovery key and gives it a new protection. */
  'store.recover': {
    input: z.object({ recoveryKey: secret, protection: protectionChoice }),
    output: storeState,
  },
  /** Changes the protection of the open store; `secret` is the present passphrase, where there is one. */
  'store.protect': {
    input: z.object({ protection: protectionChoice, secret: secret.nullable() }),
    output: storeState,
  },
  /** Makes a new recovery key; the one before is void. `secret` as for `store.protect`. */
  'store.newRecoveryKey': { input: z.object({ secret: secret.nullable() }), output: recoveryKey },
  'store.confirmRecoveryKey': { input: z.object({ lastGroup: z.string().max(100) }), output: storeState },
  'store.saveRecoveryKey': {
    input: z.object({ path, recoveryKey: secret }),
    output: none,
  },
  /** Moves what is there aside, so that an empty store can be made. */
  'store.startOver': { input: none, output: storeState },
  'store.list': { input: none, output: storeContent },
  /** Cannot be undone. */
  'store.erase': { input: eraseChoice, output: storeContent },
  'store.backup': {
    input: z.object({ path }),
    output: z.object({ bytes: z.number().int() }),
  },
  /** Puts a backup in the place of the store, which is moved aside into the folder `aside`. */
  'store.restore': {
    input: z.object({ path, secret }),
    output: z.object({ state: storeState, aside: z.string().nullable() }),
  },

  'projects.list': { input: none, output: z.array(projectSummary) },
  /** Links a source and starts profiling it. */
  'projects.create': { input: z.object({ sourcePath: path }), output: project },
  /** Makes a project of the bundled sample table. */
  'projects.createSample': { input: none, output: project },
  /**
   * A project of an imported model: it can generate, but has no source. Throws `seal/needed` for an encrypted one
   * without what opens it.
   */
  'projects.importModel': { input: z.object({ path, opener: modelOpener.optional() }), output: project },
  'projects.get': { input: projectId, output: project },
  'projects.rename': {
    input: z.object({ projectId: id, name: z.string().trim().min(1).max(200) }),
    output: project,
  },
  /** Forgets the project, its model and its jobs; the source file stays. */
  'projects.remove': { input: projectId, output: none },
  'projects.setColumns': {
    input: z.object({ projectId: id, columns: z.array(columnChoice) }),
    output: project,
  },
  'projects.setSettings': {
    input: z.object({ projectId: id, settings: trainingSettings.omit({ columns: true }) }),
    output: project,
  },

  /** Throws `rule/invalid` and `rule/contradiction` for rules that are on and cannot be held. */
  'projects.setRules': {
    input: z.object({ projectId: id, rules: z.array(projectRule).max(1000) }),
    output: project,
  },
  /**
   * Puts the model before the last training in the place of the project's model, and that in its place. Throws
   * `model/invalid` where there is none, `job/conflict` while the project is trained or written from.
   */
  'projects.bringBackModel': { input: projectId, output: project },

  'data.preview': {
    input: z.object({
      projectId: id,
      offset: z.number().int().min(0),
      limit: z.number().int().min(1).max(500),
    }),
    output: previewPage,
  },

  /**
   * How identifiable rows are by the columns the project says others may know, before and after treatment. Ends one that
   * is being measured for the project, whose caller gets `job/cancelled`.
   */
  'data.anonymity': { input: projectId, output: anonymityReport },
  'data.stopAnonymity': { input: projectId, output: none },

  /** Makes a project of files, folders, zip files and DICOMDIRs, and starts to look at them. */
  'dicom.create': { input: z.object({ paths: z.array(path).min(1).max(1000) }), output: dicomProject },
  'dicom.get': { input: projectId, output: dicomProject },
  /** Further sources; without any the present ones are looked at again. */
  'dicom.import': {
    input: z.object({ projectId: id, paths: z.array(path).max(1000) }),
    output: job,
  },
  /** Patients whose name or ID, or whose studies' descriptions or accession numbers, hold `search`. */
  'dicom.patients': {
    input: page.extend({ search: z.string().max(200) }),
    output: z.object({ total: z.number().int(), patients: z.array(dicomPatient) }),
  },
  'dicom.quarantine': {
    input: page,
    output: z.object({ total: z.number().int(), files: z.array(quarantinedFile) }),
  },
  /** Pixels of a frame. Throws what is wrong with the file. */
  'dicom.image': { input: ofSeries.extend({ frame: z.number().int().min(0) }), output: dicomImage },
  /** The middle image of a series, small; `none` where it has no pixels or they cannot be read. */
  'dicom.thumbnail': {
    input: z.object({ projectId: id, series: z.string().max(64) }),
    output: dicomImage,
  },
  'dicom.tags': { input: ofSeries, output: z.array(dicomTag) },
  'dicom.setChoices': {
    input: z.object({ projectId: id, choices: dicomChoices }),
    output: dicomProject,
  },
  /** The profile of a YAML file, with the project's own template. Throws dicom/profile. */
  'dicom.readProfile': { input: z.object({ projectId: id, path }), output: dicomProject },
  'dicom.saveProfile': { input: z.object({ projectId: id, path }), output: none },
  /** Devices that write on their pictures. */
  'dicom.devices': { input: projectId, output: z.array(dicomDevice) },
  /** One of the images of a device, with what will be made black. */
  'dicom.picture': {
    input: z.object({ projectId: id, key: z.string().max(64), index: z.number().int().min(0) }),
    output: devicePicture,
  },
  /** What a person says of the regions: of all images of the device, or of one where text stands elsewhere in each. */
  'dicom.setRegions': {
    input: z.object({
      projectId: id,
      key: z.string().max(64),
      index: z.number().int().min(0),
      regions: z.array(pictureRegion).max(1000),
      reviewed: z.boolean(),
    }),
    output: devicePicture,
  },
  /** What would change in one file, attribute by attribute. Nothing is written. */
  'dicom.changes': {
    input: ofSeries,
    output: z.object({ changes: z.array(dicomChange), withheld: saidError.nullable() }),
  },
  /** What would change over files of all series, up to `files` of them. A newer call ends an older. */
  'dicom.summary': {
    input: z.object({ projectId: id, files: z.number().int().min(1).max(10_000) }),
    output: dicomSummary,
  },
  /** Looks for text in pictures of devices that were not looked at yet. */
  'jobs.findText': { input: projectId, output: job },
  /** Writes de-identified files into a folder. */
  'jobs.deidentify': { input: z.object({ projectId: id, path }), output: job },
  /** Writes which patients and UIDs become which: NAME.patients.csv and NAME.uids.csv, with columns id_old,id_new. */
  'jobs.dicomMap': {
    input: z.object({ projectId: id, path, protection: protection.optional() }),
    output: job,
  },

  'devices.list': { input: none, output: deviceView },
  /** Tries every device found; takes up to a minute for each. Throws `job/cancelled` when it is stopped. */
  'devices.test': { input: none, output: deviceView },
  'devices.stopTest': { input: none, output: none },
  /** What trainings run on from now on. */
  'devices.choose': { input: z.object({ wanted: deviceChoice }), output: deviceView },

  'jobs.list': { input: none, output: z.array(job) },
  /** Ends a job, and gives up one that is paused or was interrupted. */
  'jobs.cancel': { input: z.object({ jobId: id }), output: job },
  /** Has a training put its work away, to be resumed later. */
  'jobs.pause': { input: z.object({ jobId: id }), output: job },
  /** Goes on with a job that is paused or was interrupted. */
  'jobs.resume': {
    input: z.object({
      jobId: id,
      /** For a job that needs one. What has been written is gone, so it may be another. */
      passphrase: newPassphrase.optional(),
    }),
    output: job,
  },
  /** Removes ended jobs from the list. */
  'jobs.clear': { input: none, output: z.array(job) },
  'jobs.profile': { input: projectId, output: job },
  'jobs.train': { input: projectId, output: job },
  /** Generates rows of the trained model and writes them with their card. */
  'jobs.generate': {
    input: rowsToWrite.extend({ path, protection: protection.optional() }),
    output: job,
  },
  /** Writes the model as one portable file. */
  'jobs.exportModel': {
    input: z.object({ projectId: id, path, protection: protection.optional() }),
    output: job,
  },
  /**
   * What `jobs.generate` would write to a file of this name, in a folder not chosen yet. Only the newest of several
   * that are asked at once is answered.
   */
  'exports.plan': {
    input: rowsToWrite.extend({ name: z.string().min(1).max(255), protection: access.optional() }),
    output: exportPlan,
  },
  /** Fingerprint of the key by which this installation signs manifests. */
  'exports.signer': { input: none, output: z.object({ fingerprint: z.string() }) },
  /** Checks a manifest and the files beside it; `signedBy` is the fingerprint of who has to have signed. */
  'exports.verify': {
    input: z.object({
      path,
      signedBy: z.string().max(200).optional(),
      /** A file that was written here: the manifest has to list it and to be signed by this installation. */
      written: path.optional(),
    }),
    output: verification.extend({
      /** The key is that of this installation. */
      own: z.boolean(),
    }),
  },
  /** Generates a few rows to look at, without writing anything. */
  'model.sample': {
    input: z.object({ projectId: id, rows: z.number().int().min(1).max(200), seed: z.number().int().min(0) }),
    output: previewPage,
  },
  /** How rare a condition is, and how fast rows satisfying it come. Throws `condition/…` with the reason. */
  'model.forecast': {
    input: z.object({ projectId: id, where: condition }),
    output: z.object({ share: z.number().positive(), rowsPerSecond: z.number().positive() }),
  },
} as const;

/** What the engine and main send without being asked. */
export const events = {
  'job.changed': job,
  /** The training of a project has something new to show. */
  'training.progress': z.object({ projectId: id, progress: trainingProgress }),
  /** A project row changed (profiled, trained, exported): read it again. */
  'project.changed': projectId,
  'store.changed': storeState,
  'engine.state': z.object({
    state: z.enum(['starting', 'ready', 'restarting', 'failed']),
    message: z.string(),
    /** Why it has failed, for the window to put in words. */
    said: saidError.optional(),
  }),
  /** Chosen in the application menu; the window does what its own button of that name does. */
  'app.command': z.enum(['openTable', 'openDicom', 'openModel', 'showProjects']),
} as const;

export type Channel = keyof typeof contract;
export type Input<C extends Channel> = z.infer<(typeof contract)[C]['input']>;
export type Output<C extends Channel> = z.infer<(typeof contract)[C]['output']>;
export type EventName = keyof typeof events;
export type EventPayload<E extends EventName> = z.infer<(typeof events)[E]>;

/** What a call comes back with: nothing is ever thrown across the boundary. */
export type Reply<T> = { ok: true; value: T } | { ok: false; error: import('./errors.ts').ErrorShape };

/** The only object the page sees. */
export interface SemblanceApi {
  call<C extends Channel>(
    channel: C,
    ...input: Input<C> extends undefined ? [] : [Input<C>]
  ): Promise<Reply<Output<C>>>;
  on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void;
  /** Path of a file dropped on the window. */
  pathOf(file: unknown): string;
}
