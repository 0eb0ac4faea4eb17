/**
 * `npm run demo`: the whole way once, on the bundled table (UCI credit card clients, CC BY 4.0). Learns for two
 * minutes and leaves synthetic rows, their card, the model and a report in `demo-output/`.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '..');
const source = join('resources', 'samples', 'credit-card-clients.csv.gz');
const folder = 'demo-output';
const output = (name: string): string => join(folder, name);

/** Runs the terminal program just as a user would. */
function semblance(...args: string[]): void {
  console.log(`\n$ npx semblance ${args.join(' ')}\n`);
  const program = [join('src', 'cli', 'main.ts'), ...args];
  const { status, error } = spawnSync(process.execPath, program, { cwd: root, stdio: 'inherit' });
  if (status === 0) return;
  console.error(error ? `The demo could not be run (${error.message}).` : 'The demo stopped here.');
  process.exit(status ?? 1);
}

mkdirSync(join(root, folder), { recursive: true });
console.log(
  'Semblance learns from 30,000 real credit card clients (UCI, CC BY 4.0), on this machine, offline.',
);
semblance('profile', source);
console.log('\nLearning takes about two minutes.');
semblance(
  ...['synth', source, '--rows', '30000', '--minutes', '2', '--target', 'has_default'],
  ...['--out', output('synthetic.csv'), '--model-out', output('model.semblance')],
  ...['--report', output('report.json'), '--force'],
);
console.log(
  `\nEverything is in ${relative(process.cwd(), join(root, folder)) || folder}/. To see it in a window: npm start`,
);
