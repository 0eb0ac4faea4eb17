/** The system dialogs that choose files. Each answers null when it is dismissed. */
import { existsSync } from 'node:fs';
import { basename, extname } from 'node:path';
import type {
  FileFilter,
  MessageBoxOptions,
  MessageBoxReturnValue,
  OpenDialogOptions,
  OpenDialogReturnValue,
  SaveDialogOptions,
  SaveDialogReturnValue,
} from 'electron';
import {
  cardPathOf,
  manifestPathOf,
  mapPathsOf,
  reportPathOf,
  sealedName,
  unsealedName,
} from '../shared/output-names.ts';
import type { Input } from '../shared/contract.ts';
import { m } from '../shared/messages/messages.js';
import type { Target } from './chosen-paths.ts';

/** Electron's dialogs, as belonging to one window. */
export interface Dialogs {
  open(options: OpenDialogOptions): Promise<OpenDialogReturnValue>;
  save(options: SaveDialogOptions): Promise<SaveDialogReturnValue>;
  ask(options: MessageBoxOptions): Promise<MessageBoxReturnValue>;
}

type Format = Input<'app.chooseTarget'>['format'];

const tables = (): FileFilter => ({
  name: m.shell_tables(),
  extensions: ['csv', 'tsv', 'txt', 'parquet', 'jsonl', 'ndjson', 'json', 'gz'],
});
const models = (): FileFilter => ({ name: m.shell_models(), extensions: ['semblance', 'zip', 'age'] });
const backups = (): FileFilter => ({ name: m.storage_backups(), extensions: ['semblance-backup'] });
const manifests = (): FileFilter => ({ name: m.export_manifests(), extensions: ['json'] });
const anything = (): FileFilter => ({ name: m.shell_all_files(), extensions: ['*'] });

/** Extensions under which a file of a format may be saved; the first is added when there is none of them. */
const targets: Readonly<Record<Format, { name: () => string; extensions: [string, ...string[]] }>> = {
  csv: { name: m.data_format_csv, extensions: ['csv'] },
  parquet: { name: m.data_format_parquet, extensions: ['parquet'] },
  jsonl: { name: m.data_format_jsonl, extensions: ['jsonl', 'ndjson'] },
  sqlite: { name: m.data_format_sqlite, extensions: ['sqlite', 'sqlite3', 'db'] },
  tsv: { name: m.data_format_tsv, extensions: ['tsv'] },
  model: { name: m.shell_model, extensions: ['semblance', 'zip'] },
  backup: { name: m.storage_backup_file, extensions: ['semblance-backup'] },
  'recovery-key': { name: m.storage_text_file, extensions: ['txt'] },
  'dicom-map': { name: m.data_format_csv, extensions: ['csv'] },
  'dicom-profile': { name: m.dicom_profile_file, extensions: ['yaml', 'yml'] },
};

/** What the dialog is called; for a table, that is another's. */
const titles: Partial<Record<Format, () => string>> = {
  model: m.shell_save_model,
  backup: m.storage_save_backup_title,
  'recovery-key': m.storage_save_recovery_title,
  'dicom-map': m.dicom_save_map,
  'dicom-profile': m.dicom_save_profile,
};

export async function chooseSource(dialogs: Dialogs): Promise<string | null> {
  return firstOf(
    await dialogs.open({
      title: m.shell_open_table(),
      properties: ['openFile'],
      filters: [tables(), anything()],
    }),
  );
}

export async function chooseModel(dialogs: Dialogs): Promise<string | null> {
  return firstOf(
    await dialogs.open({
      title: m.shell_open_model(),
      properties: ['openFile'],
      filters: [models(), anything()],
    }),
  );
}

/** Folders or files, any number of them. */
export async function chooseDicom(dialogs: Dialogs, what: 'folder' | 'files'): Promise<string[]> {
  const { canceled, filePaths } = await dialogs.open({
    title: what === 'folder' ? m.shell_open_dicom_folder() : m.shell_open_dicom_files(),
    properties: [what === 'folder' ? 'openDirectory' : 'openFile', 'multiSelections'],
  });
  return canceled ? [] : filePaths;
}

export async function chooseFolder(dialogs: Dialogs): Promise<string | null> {
  return firstOf(
    await dialogs.open({
      title: m.dicom_choose_output(),
      properties: ['openDirectory', 'createDirectory', 'promptToCreate'],
    }),
  );
}

export async function chooseProfile(dialogs: Dialogs): Promise<string | null> {
  return firstOf(
    await dialogs.open({
      title: m.dicom_open_profile(),
      properties: ['openFile'],
      filters: [{ name: m.dicom_profile_file(), extensions: ['yaml', 'yml'] }, anything()],
    }),
  );
}

export async function chooseKeys(dialogs: Dialogs): Promise<string | null> {
  return firstOf(
    await dialogs.open({ title: m.shell_open_keys(), properties: ['openFile'], filters: [anything()] }),
  );
}

export async function chooseBackup(dialogs: Dialogs): Promise<string | null> {
  return firstOf(
    await dialogs.open({
      title: m.storage_choose_backup_title(),
      properties: ['openFile'],
      filters: [backups(), anything()],
    }),
  );
}

export async function chooseManifest(dialogs: Dialogs): Promise<string | null> {
  return firstOf(
    await dialogs.open({
      title: m.export_verify_title(),
      properties: ['openFile'],
      filters: [manifests(), anything()],
    }),
  );
}

/**
 * A file to write; an encrypted one ends in `.age`. The user has agreed to replace whatever that would replace: the file, and the card (of
 * tables), report and manifest beside it, of which the system's dialog knows nothing.
 */
export async function chooseTarget(
  dialogs: Dialogs,
  { suggestedName, format, sealed = false, report = false }: Input<'app.chooseTarget'>,
  exists: (path: string) => boolean = existsSync,
): Promise<Target | null> {
  const { name, extensions } = targets[format];
  const { canceled, filePath } = await dialogs.save({
    title: (titles[format] ?? m.shell_save_rows)(),
    // A name, never a path: it comes from the page.
    defaultPath: suggestedName.replace(/[/\\:]/g, '-'),
    filters: [
      sealed ? { name: m.export_encrypted_files(), extensions: ['age'] } : { name: name(), extensions },
    ],
    properties: ['showOverwriteConfirmation', 'createDirectory'],
  });
  if (canceled || filePath === undefined || filePath === '') return null;
  // Not every system's dialog adds the extension. It has asked about the name without it, then.
  const path = completed(filePath, extensions, sealed);
  const replaced = [path, ...papersOf(path, format, report)].find(exists);
  if (replaced === undefined) return { path, overwrite: false };
  const asked = path === filePath && replaced === path;
  return asked || (await agreesToReplace(dialogs, replaced)) ? { path, overwrite: true } : null;
}

function completed(path: string, [first, ...more]: [string, ...string[]], sealed: boolean): string {
  const inner = sealed ? unsealedName(path) : path;
  const known = [first, ...more].includes(extname(inner).slice(1).toLowerCase());
  const named = known ? inner : `${inner}.${first}`;
  return sealed ? sealedName(named, true) : named;
}

/** What will be written beside it. */
function papersOf(path: string, format: Format, report: boolean): string[] {
  if (format === 'model') return [manifestPathOf(path)];
  if (format === 'dicom-map') return mapPathsOf(path);
  if (format in titles) return [];
  return [cardPathOf(path), ...(report ? [reportPathOf(path)] : []), manifestPathOf(path)];
}

async function agreesToReplace(dialogs: Dialogs, path: string): Promise<boolean> {
  const { response } = await dialogs.ask({
    type: 'warning',
    message: m.shell_replace({ file: basename(path) }),
    detail: m.shell_replace_detail(),
    buttons: [m.shell_cancel(), m.shell_replace_do()],
    defaultId: 0,
    cancelId: 0,
  });
  return response === 1;
}

function firstOf({ canceled, filePaths }: OpenDialogReturnValue): string | null {
  return canceled ? null : (filePaths[0] ?? null);
}
