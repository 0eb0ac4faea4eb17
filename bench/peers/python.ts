import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What is compared with, each in an environment of its own. */
const peers = {
  tables: {
    environment: '.venv',
    requirements: 'requirements.txt',
    modules: 'ctgan, torch',
    size: 'several hundred megabytes',
  },
  dicom: {
    environment: '.venv-dicom',
    requirements: 'requirements-dicom.txt',
    modules: 'dicognito',
    size: 'a few megabytes',
  },
} as const;

/** The Python of an environment with the peers installed, made on first use; or why there is none. */
export function preparePython(of: keyof typeof peers = 'tables'): { python: string } | { reason: string } {
  const { modules, size, ...names } = peers[of];
  const environment = join(import.meta.dirname, names.environment);
  const requirements = join(import.meta.dirname, names.requirements);
  // Written when everything is installed; a half-finished environment is made anew.
  const ready = join(environment, 'ready');
  const windows = process.platform === 'win32';
  const python = join(environment, ...(windows ? ['Scripts', 'python.exe'] : ['bin', 'python']));
  if (existsSync(ready)) return { python };
  const system = ['python3', 'python'].find((each) => spawnSync(each, ['--version']).status === 0);
  if (system === undefined) return { reason: 'there is no Python here' };
  console.error(`Installing the peers into bench/peers/${names.environment} (once; ${size}) …`);
  mkdirSync(environment, { recursive: true });
  const steps: [string, string[]][] = [
    [system, ['-m', 'venv', environment]],
    [python, ['-m', 'pip', 'install', '--quiet', '-r', requirements]],
    [python, ['-c', `import ${modules}`]],
  ];
  for (const [command, args] of steps) {
    const { status } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    if (status !== 0) return { reason: `“${[command, ...args].join(' ')}” failed` };
  }
  writeFileSync(ready, '');
  return { python };
}
