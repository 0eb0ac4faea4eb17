/** The window knows the contract by its types alone: schemas and the library they are written with stay with the engine. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** What a file imports or hands on as a value. Types are gone once it is built. */
function valueImports(path: string): string[] {
  const statements = readFileSync(path, 'utf8').matchAll(
    /^\s*(?:import|export)\s+(?!type\b)([^'";]*?)from\s*'([^']+)'/gm,
  );
  return [...statements].flatMap(([, names = '', specifier = '']) => {
    const inner = /^\{([^}]*)\}\s*$/.exec(names.trim())?.[1]?.split(',') ?? [];
    const listed = inner.map((name) => name.trim()).filter((name) => name !== '');
    return listed.length > 0 && listed.every((name) => name.startsWith('type ')) ? [] : [specifier];
  });
}

/** Every file of ours that ends up in the page, with the one that brought it there. */
function reached(entry: string): { files: Map<string, string>; packages: Map<string, string> } {
  const files = new Map([[entry, '']]);
  const packages = new Map<string, string>();
  for (const [file] of files) {
    for (const specifier of valueImports(file)) {
      const path = join(dirname(file), specifier);
      if (!specifier.startsWith('.')) packages.set(specifier, relative(root, file));
      else if (!files.has(path) && existsSync(path) && !path.includes('shared/messages/'))
        files.set(path, relative(root, file));
    }
  }
  return { files, packages };
}

it('no schema ends up in the page', () => {
  const { files, packages } = reached(join(root, 'src/renderer/main.ts'));
  expect(files.size, 'the walk reaches the screens').toBeGreaterThan(100);
  expect([...packages.keys()]).toContain('bits-ui');
  expect(packages.get('zod')).toBeUndefined();
});
