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
import { cardPathOf, manifestPathOf } from '../shared/output.ts';
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
const models = (): FileFilter => ({ name: m.shell_models(), extensions: ['semblance', 'zip'] });
const backups = (): FileFilter => ({ name: m.storage_backups(), extensions: ['semblance-backup'] });
const anything = (): FileFilter => ({ name: m.shell_all_files(), extensions: ['*'] });

/** Extensions under which a file of a format may be saved; the first is added when there is none of them. */
const targets: Readonly<Record<Format, { name: () => string; extensions: [string, ...string[]] }>> = {
  csv: { name: m.data_format_csv, extensions: ['csv'] },
  parquet: { name: m.data_format_parquet, extensions: ['parquet'] },
  jsonl: { name: m.data_format_jsonl, extensions: ['jsonl', 'ndjson'] },
  model: { name: m.shell_model, extensions: ['semblance', 'zip'] },
  backup: { name: m.storage_backup_file, extensions: ['semblance-backup'] },
  'recovery-key': { name: m.storage_text_file, extensions: ['txt'] },
};

/** What the dialog is called; for a table, that is another's. */
const titles: Partial<Record<Format, () => string>> = {
  model: m.shell_save_model,
  backup: m.storage_save_backup_title,
  'recovery-key': m.storage_save_recovery_title,
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

export async function chooseBackup(dialogs: Dialogs): Promise<string | null> {
  return firstOf(
    await dialogs.open({
      title: m.storage_choose_backup_title(),
      properties: ['openFile'],
      filters: [backups(), anything()],
    }),
  );
}

/**
 * A file to write. The user has agreed to replace whatever that would replace: the file, and the card (of
 * tables) and manifest beside it, of which the system's dialog knows nothing.
 */
export async function chooseTarget(
  dialogs: Dialogs,
  { suggestedName, format }: Input<'app.chooseTarget'>,
  exists: (path: string) => boolean = existsSync,
): Promise<Target | null> {
  const { name, extensions } = targets[format];
  const { canceled, filePath } = await dialogs.save({
    title: (titles[format] ?? m.shell_save_rows)(),
    // A name, never a path: it comes from the page.
    defaultPath: suggestedName.replace(/[/\\:]/g, '-'),
    filters: [{ name: name(), extensions }],
    properties: ['showOverwriteConfirmation', 'createDirectory'],
  });
  if (canceled || filePath === undefined || filePath === '') return null;
  // Not every system's dialog adds the extension. It has asked about the name without it, then.
  const complete = extensions.includes(extname(filePath).slice(1).toLowerCase());
  const path = complete ? filePath : `${filePath}.${extensions[0]}`;
  const papers = format in titles && format !== 'model' ? [] : [cardPathOf(path), manifestPathOf(path)];
  const replaced = [path, ...papers].find(exists);
  if (replaced === undefined) return { path, overwrite: false };
  const asked = complete && replaced === path;
  return asked || (await agreesToReplace(dialogs, replaced)) ? { path, overwrite: true } : null;
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
