import { expect, it } from 'vitest';
import { pathOf } from './path-of.ts';

const file = new File(['a,b\n'], 'clients.csv');

it('asks Electron where it can be asked', () => {
  const webUtils = { getPathForFile: (given: File) => `/home/ada/${given.name}` };
  expect(pathOf(file, { webUtils })).toBe('/home/ada/clients.csv');
});

it('reads what older versions write on the file', () => {
  const written = Object.assign(new File([], 'clients.csv'), { path: '/home/ada/clients.csv' });
  expect(pathOf(written, {})).toBe('/home/ada/clients.csv');
  expect(pathOf(file, {})).toBe('');
});

it('is empty for anything that is no file', () => {
  for (const thing of [null, undefined, 'clients.csv', { path: '/etc/passwd' }, new Blob([])]) {
    expect(pathOf(thing, {})).toBe('');
  }
});
