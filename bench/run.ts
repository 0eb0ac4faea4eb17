/**
 * `npm run bench [-- [--write] [WORD…]]`: runs bench/**\/*.bench.ts (those with a WORD in their path), each in a
 * process of its own, and prints a table of each; `--write` puts the tables into docs/benchmarks.md.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { toMarkdown, withMeasured, type Benchmark } from './benchmark.ts';

const root = join(import.meta.dirname, '..');
const document = join(root, 'docs', 'benchmarks.md');
const [first, ...rest] = process.argv.slice(2);

/** What the figures were measured on. */
function describeMachine(): string {
  const processors = cpus();
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  return `Measured on ${processors[0]?.model.trim() ?? 'an unknown processor'}, ${processors.length} cores, ${memory} GiB memory, ${type()} ${release()}, Node ${process.versions.node}.`;
}

/** The commit measured, marked when the working tree differs from it. */
function describeCommit(): string {
  try {
    const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
    const changed = git('status', '--porcelain', '--', 'src', 'bench') !== '';
    return `Commit ${git('rev-parse', '--short', 'HEAD')}${changed ? ' with changes' : ''}, ${new Date().toISOString().slice(0, 10)}.`;
  } catch {
    return '';
  }
}

if (first === '--file') {
  // The child: one benchmark, its table on standard output.
  const [file = ''] = rest;
  console.log = console.error;
  const { name, run } = (await import(pathToFileURL(file).href)) as Benchmark;
  process.stdout.write(toMarkdown(name, await run()));
  process.exit(0);
}

const words = process.argv.slice(2).filter((argument) => argument !== '--write');
const files = globSync('bench/**/*.bench.ts', { cwd: root })
  .sort()
  .filter((file) => words.length === 0 || words.some((word) => file.includes(word)));
if (files.length === 0) {
  console.error('No benchmark of that name: see bench/.');
  process.exit(1);
}
const head = [describeMachine(), describeCommit()].filter(Boolean).join('\n');
console.log(`${head}\n`);
const tables: string[] = [];
const broken: string[] = [];
for (const file of files) {
  // What a benchmark says while it runs goes to standard error.
  const { status, stdout } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', import.meta.filename, '--file', join(root, file)],
    { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (status === 0) {
    console.log(stdout);
    tables.push(stdout);
  } else {
    console.error(`${file} failed.\n`);
    broken.push(file);
  }
}
if (broken.length > 0) {
  console.error(`Failed: ${broken.join(', ')}.`);
  process.exit(1);
}
if (process.argv.includes('--write')) {
  const before = existsSync(document) ? readFileSync(document, 'utf8') : '# Benchmarks\n';
  const after = withMeasured(before, [head, '', ...tables].join('\n'));
  const style = await resolveConfig(document);
  writeFileSync(document, await format(after, { ...style, filepath: document }));
  console.log('Written to docs/benchmarks.md.');
}
