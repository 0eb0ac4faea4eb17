import { join } from 'node:path';
import { Linter } from 'eslint';
import ts from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { semblance } from './plugin.js';
import { zoneOf, zones } from './zones.js';

const cwd = join(import.meta.dirname, '../..');

/** Message ids the layer rule reports for `code` standing in `file`. */
function reported(file: string, code: string): string[] {
  const linter = new Linter({ cwd });
  const messages = linter.verify(
    code,
    {
      files: ['**/*.ts', '**/*.svelte'],
      plugins: { semblance },
      languageOptions: { parser: ts.parser },
      rules: { 'semblance/layers': 'error' },
    },
    join(cwd, file),
  );
  return messages.map((message) => message.messageId ?? message.message);
}

/** A file of a zone, and a path from the zone's folder up to `src`. */
const places: Record<string, { file: string; up: string }> = {
  shared: { file: 'src/shared/x.ts', up: '../' },
  'engine/compute': { file: 'src/engine/compute/x.ts', up: '../../' },
  'engine/tables': { file: 'src/engine/tables/x.ts', up: '../../' },
  'engine/dicom': { file: 'src/engine/dicom/x.ts', up: '../../' },
  'engine/synthesis': { file: 'src/engine/synthesis/tables/x.ts', up: '../../../' },
  'engine/quality': { file: 'src/engine/quality/x.ts', up: '../../' },
  'engine/privacy': { file: 'src/engine/privacy/x.ts', up: '../../' },
  'engine/store': { file: 'src/engine/store/x.ts', up: '../../' },
  'engine/jobs': { file: 'src/engine/jobs/x.ts', up: '../../' },
  'engine/entry': { file: 'src/engine/service.ts', up: '../' },
  cli: { file: 'src/cli/x.ts', up: '../' },
  main: { file: 'src/main/x.ts', up: '../' },
  preload: { file: 'src/preload/x.ts', up: '../' },
  renderer: { file: 'src/renderer/pages/x.ts', up: '../../' },
};

/** What the architecture allows, written out by hand so that a slip in zones.js shows. */
const allowed = new Set([
  'engine/compute → shared',
  'engine/tables → shared',
  'engine/dicom → shared',
  'engine/synthesis → engine/compute',
  'engine/synthesis → engine/tables',
  'engine/synthesis → engine/dicom',
  'engine/synthesis → shared',
  'engine/quality → engine/tables',
  'engine/quality → shared',
  'engine/privacy → engine/tables',
  'engine/privacy → shared',
  'engine/store → shared',
  'engine/jobs → engine/compute',
  'engine/jobs → engine/tables',
  'engine/jobs → engine/dicom',
  'engine/jobs → engine/synthesis',
  'engine/jobs → engine/quality',
  'engine/jobs → engine/privacy',
  'engine/jobs → engine/store',
  'engine/jobs → shared',
  'engine/entry → engine/compute',
  'engine/entry → engine/tables',
  'engine/entry → engine/dicom',
  'engine/entry → engine/synthesis',
  'engine/entry → engine/quality',
  'engine/entry → engine/privacy',
  'engine/entry → engine/store',
  'engine/entry → engine/jobs',
  'engine/entry → shared',
  'cli → engine/compute',
  'cli → engine/tables',
  'cli → engine/dicom',
  'cli → engine/synthesis',
  'cli → engine/quality',
  'cli → engine/privacy',
  'cli → engine/store',
  'cli → engine/jobs',
  'cli → engine/entry',
  'cli → shared',
  'main → shared',
  'preload → shared',
  'renderer → shared',
]);

const target = (zone: string) => (zone === 'engine/entry' ? 'engine/service.ts' : `${zone}/y.ts`);

describe('layers between each other', () => {
  const pairs = Object.entries(places).flatMap(([from, place]) =>
    Object.keys(places).map((to) => ({ from, to, place })),
  );

  it('knows a place for every zone', () => {
    expect(Object.keys(places).sort()).toEqual(zones.map((zone) => zone.name).sort());
    for (const [name, { file }] of Object.entries(places)) expect(zoneOf(file)?.name).toBe(name);
  });

  it.each(pairs)('$from importing $to', ({ from, to, place }) => {
    const expected = from === to || allowed.has(`${from} → ${to}`) ? [] : ['layer'];
    expect(reported(place.file, `import { y } from '${place.up}${target(to)}';`)).toEqual(expected);
  });
});

describe('every way to import', () => {
  it.each([
    `import '../engine/service.ts';`,
    `import type { Service } from '../engine/service.ts';`,
    `export { serve } from '../engine/service.ts';`,
    `export * from '../engine/service.ts';`,
    `const x = await import('../engine/service.ts');`,
    `const x = require('../engine/service.ts');`,
    `type X = import('../engine/service.ts').Service;`,
    `import path from '../engine/service.ts?modulePath';`,
  ])('%s', (code) => {
    expect(reported('src/main/x.ts', code)).toEqual(['layer']);
  });
});

describe('packages', () => {
  it.each([
    ['src/shared/x.ts', 'zod', []],
    ['src/shared/x.ts', 'zod/mini', []],
    ['src/shared/x.ts', 'fflate', ['package']],
    ['src/shared/x.ts', 'node:fs', ['builtin']],
    ['src/renderer/x.ts', 'node:path', ['builtin']],
    ['src/renderer/x.ts', 'svelte', []],
    ['src/renderer/x.ts', 'electron', ['package']],
    ['src/main/x.ts', 'electron', []],
    ['src/engine/main.ts', 'electron', ['package']],
    ['src/engine/compute/x.ts', '@tensorflow/tfjs', []],
    ['src/engine/compute/x.ts', 'onnxruntime-node', []],
    ['src/engine/synthesis/tables/x.ts', '@tensorflow/tfjs', []],
    ['src/engine/synthesis/tables/x.ts', '@tensorflow/tfjs-core', ['package']],
    ['src/engine/synthesis/tables/x.ts', 'onnxruntime-node', ['package']],
    ['src/engine/quality/x.ts', '@tensorflow/tfjs-core/dist/ops', ['package']],
    ['src/cli/x.ts', 'onnxruntime-node', ['package']],
    ['src/engine/tables/x.ts', '@duckdb/node-api', []],
    ['src/engine/quality/x.ts', '@duckdb/node-api', ['package']],
    ['src/engine/jobs/x.ts', 'better-sqlite3', ['package']],
    ['src/engine/store/x.ts', 'better-sqlite3', []],
  ])('%s importing %s', (file, name, expected) => {
    expect(reported(file, `import x from '${name}';`)).toEqual(expected);
  });
});

describe('exceptions', () => {
  it('lets an engine test import any part of the engine and any package', () => {
    const code = `import { y } from '../quality/y.ts'; import tf from '@tensorflow/tfjs';`;
    expect(reported('src/engine/tables/x.test.ts', code)).toEqual([]);
  });

  it('keeps a test from crossing a process boundary', () => {
    expect(reported('src/renderer/x.test.ts', `import '../engine/service.ts';`)).toEqual(['layer']);
  });

  it('forbids leaving src', () => {
    expect(reported('src/main/x.ts', `import '../../scripts/demo.ts';`)).toEqual(['outside']);
  });

  it('lets the version be read from package.json', () => {
    const code = `import manifest from '../../../package.json' with { type: 'json' };`;
    expect(reported('src/engine/jobs/version.ts', code)).toEqual([]);
  });

  it('asks for a place for a new folder', () => {
    expect(reported('src/plugins/x.ts', 'export {};')).toEqual(['unplaced']);
  });

  it('says nothing outside src', () => {
    expect(reported('bench/x.bench.ts', `import '../src/engine/service.ts';`)).toEqual([]);
  });
});
