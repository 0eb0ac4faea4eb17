/** Turns the messages of `messages/` into typed functions in `src/shared/messages`, which git does not keep. */
import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../setup/root.mjs';
import { faultsOf, readCatalogue } from './catalogue.mjs';

const project = join(root, 'project.inlang');
const output = join(root, 'src', 'shared', 'messages');
/** What the compiled messages were made from, as a hash; written last. */
const stamp = join(output, 'made-from.txt');

/**
 * Compiles the messages unless what is there was made from these very files. Needs no network.
 *
 * @throws Error which says what is wrong with the messages.
 */
export async function compileMessages() {
  const wanted = hashOfInputs();
  if (readIfThere(stamp) === wanted) return;
  const settings = /** @type {{ 'plugin.inlang.messageFormat': { pathPattern: string[] } }} */ (
    JSON.parse(readFileSync(join(project, 'settings.json'), 'utf8'))
  );
  const listed = settings['plugin.inlang.messageFormat'].pathPattern.map((pattern) =>
    pattern.replace(/^.*\/|\.json$/g, ''),
  );
  const faults = faultsOf(readCatalogue(), listed);
  if (faults.length > 0) throw new Error(`The messages cannot be compiled.\n  ${faults.join('\n  ')}`);

  const { compile } = await import('@inlang/paraglide-js');
  mkdirSync(output, { recursive: true });
  const fresh = mkdtempSync(join(output, '.compiling-'));
  try {
    await compile({
      project,
      outdir: fresh,
      strategy: ['globalVariable', 'baseLocale'],
      outputStructure: 'locale-modules',
      emitTsDeclarations: true,
      emitGitIgnore: false,
      emitPrettierIgnore: false,
      emitReadme: false,
      cleanOutdir: false,
    });
    // Each file in one step: another process may be reading them.
    for (const name of readdirSync(fresh, { recursive: true, encoding: 'utf8' })) {
      if (!/\.[jt]s$/.test(name)) continue;
      mkdirSync(dirname(join(output, name)), { recursive: true });
      renameSync(join(fresh, name), join(output, name));
    }
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  writeFileSync(stamp, wanted);
}

function hashOfInputs() {
  const hash = createHash('sha256');
  const files = ['package-lock.json', join('project.inlang', 'settings.json')];
  for (const name of readdirSync(join(root, 'messages'), { recursive: true, encoding: 'utf8' }).sort()) {
    if (name.endsWith('.json')) files.push(join('messages', name));
  }
  files.push(join('scripts', 'messages', 'compile.mjs'));
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

/** @param {string} path */
function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
