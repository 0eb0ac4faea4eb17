import { writeBackup } from '../../engine/jobs/write-backup.ts';
import { requireTarget } from '../../engine/jobs/target.ts';
import { requireNoLinkedSource } from '../../engine/linked-sources.ts';
import { contentOf, erase } from '../../engine/store-content.ts';
import { unpackBackup } from '../../engine/store/backup.ts';
import { Vault } from '../../engine/store/vault.ts';
import { AppError } from '../../shared/errors.ts';
import { storedKind } from '../../shared/store.ts';
import type { EraseChoice } from '../../shared/store.ts';
import type { Command, CommandResult } from '../command.ts';
import { openStoreOf, storeFolder } from '../open-store.ts';
import type { Options } from '../options.ts';
import { ask, askHidden, isInteractive, readSecret } from '../secret.ts';
import { textTable } from '../text-table.ts';
import { bytesInWords } from '../words.ts';

const actions = { create, list, erase: eraseSome, backup, restore, passphrase } as const;

export const runStore: Command = async (options, { signal }) => {
  const [action = ''] = options.words(1, 3);
  if (!isAction(action)) {
    throw new AppError('usage', `“store ${action}” is no command.`, 'See: semblance store --help');
  }
  return actions[action](options, signal);
};

function isAction(name: string): name is keyof typeof actions {
  return Object.hasOwn(actions, name);
}

async function create(options: Options, signal: AbortSignal): Promise<CommandResult> {
  options.words(1, 1);
  const folder = storeFolder(options);
  const { vault } = await openStoreOf(options, signal, { create: true });
  vault.close();
  return { json: { store: folder }, text: () => [`Store    ${folder}`] };
}

async function list(options: Options, signal: AbortSignal): Promise<CommandResult> {
  options.words(1, 1);
  const { vault, store } = await openStoreOf(options, signal, { create: false });
  try {
    const content = contentOf(store);
    const rows = content.items.map(({ kind, id, project, detail, bytes }) => [
      kind,
      id,
      project ?? '',
      detail,
      bytesInWords(bytes),
    ]);
    return {
      json: { ...content },
      text: (width) => [
        ...textTable(
          [
            { head: 'kind', align: 'left' },
            { head: 'id', align: 'left' },
            { head: 'project', align: 'left', flexible: true },
            { head: 'detail', align: 'left', flexible: true },
            { head: 'size', align: 'right' },
          ],
          rows,
          width,
        ),
        '',
        `${bytesInWords(content.bytes)} in ${content.folder}`,
      ],
    };
  } finally {
    vault.close();
  }
}

async function eraseSome(options: Options, signal: AbortSignal): Promise<CommandResult> {
  const choice = eraseChoiceOf(options);
  const { vault, store } = await openStoreOf(options, signal, { create: false });
  try {
    await requireAgreement(options, signal);
    await erase(store, choice);
    const { bytes } = contentOf(store);
    return {
      json: { erased: choice, bytes },
      text: () => [`Erased. The store takes ${bytesInWords(bytes)} now.`],
    };
  } finally {
    vault.close();
  }
}

function eraseChoiceOf(options: Options): EraseChoice {
  const [, kind = '', id] = options.words(2, 3);
  if (kind === 'everything' && id === undefined) return { everything: true };
  const known = storedKind.safeParse(kind);
  if (known.success && id !== undefined) return { kind: known.data, id };
  throw new AppError(
    'usage',
    'Say what to erase: “everything”, or a kind and an id as “store list” shows them.',
    'See: semblance store --help',
  );
}

async function requireAgreement(options: Options, signal: AbortSignal): Promise<void> {
  if (options.flag('force')) return;
  const asked = 'It is overwritten and cannot be brought back. Type “erase” to erase it: ';
  if (isInteractive() && (await ask(asked, signal)).trim() === 'erase') return;
  throw new AppError('usage', 'Nothing was erased.', 'Erasing has to be agreed to: add --force.');
}

async function backup(options: Options, signal: AbortSignal): Promise<CommandResult> {
  const [, path = ''] = options.words(2, 2);
  const overwrite = options.flag('force');
  await requireTarget(path, overwrite);
  const { vault, store } = await openStoreOf(options, signal, { create: false });
  try {
    const { keyFile } = vault;
    if (keyFile === null) throw new Error('the store is not open');
    await requireNoLinkedSource(store, path, '');
    const bytes = await writeBackup(store, keyFile, path, { overwrite, signal });
    return { json: { backup: path, bytes }, text: () => [`Backup   ${path}: ${bytesInWords(bytes)}`] };
  } finally {
    vault.close();
  }
}

async function restore(options: Options, signal: AbortSignal): Promise<CommandResult> {
  const [, path = ''] = options.words(2, 2);
  const folder = storeFolder(options);
  const vault = new Vault({ folder });
  try {
    const { state } = await vault.state();
    vault.take();
    if (state !== 'new' && !options.flag('force')) {
      throw new AppError(
        'output/exists',
        `There is a store in “${folder}” already.`,
        'Add --force: it is then set aside in a folder beside the restored one, not deleted.',
      );
    }
    const staged = await unpackBackup(path, folder);
    const { secret } = await readSecret(options, 'Passphrase or recovery key of the backup: ', signal);
    await vault.check(secret, staged);
    const aside = vault.putInPlace();
    return {
      json: { store: folder, aside },
      text: () => [`Restored ${folder}`, ...(aside === null ? [] : [`Before   kept in ${folder}/${aside}`])],
    };
  } finally {
    vault.close();
  }
}

async function passphrase(options: Options, signal: AbortSignal): Promise<CommandResult> {
  options.words(1, 1);
  if (!isInteractive()) {
    throw new AppError('usage', 'A new passphrase is asked for on a terminal.', 'Run this on one.');
  }
  const { vault } = await openStoreOf(options, signal, { create: false });
  try {
    const chosen = await askHidden('New passphrase: ', signal);
    if ((await askHidden('The same once more: ', signal)) !== chosen) {
      throw new AppError('usage', 'The two passphrases are not the same.', 'Try again.');
    }
    await vault.reprotect({ kind: 'passphrase', passphrase: chosen });
    return { json: { changed: true }, text: () => ['The store has another passphrase now.'] };
  } finally {
    vault.close();
  }
}
