import { expect, it } from 'vitest';
import { ChosenPaths } from './chosen-paths.ts';

it('lets only a chosen target be written', () => {
  const paths = new ChosenPaths();
  paths.addTarget({ path: '/home/ada/out.csv', overwrite: false });
  paths.addShown('/home/ada/clients.csv');
  for (const path of ['/home/ada/clients.csv', '/home/ada/out.csv.bak', '/home/ada', '/home/ada/.bashrc']) {
    expect(() => paths.useTarget(path), path).toThrow('save dialog');
  }
  expect(paths.useTarget('/home/ada/x/../out.csv')).toBe(false);
});

it('lets a target be written once for each time that it was chosen, and replaced only if agreed that time', () => {
  const paths = new ChosenPaths();
  paths.addTarget({ path: '/home/ada/out.csv', overwrite: true });
  expect(paths.useTarget('/home/ada/out.csv')).toBe(true);
  expect(() => paths.useTarget('/home/ada/out.csv')).toThrow('save dialog');
  paths.addTarget({ path: '/home/ada/out.csv', overwrite: false });
  expect(paths.useTarget('/home/ada/out.csv')).toBe(false);
});

it('lets chosen and written files be shown, and no other', () => {
  const paths = new ChosenPaths();
  paths.addTarget({ path: '/home/ada/out.csv', overwrite: false });
  paths.addShown('/home/ada/clients.csv');
  expect(() => paths.assertShown('/home/ada/out.csv')).not.toThrow();
  expect(() => paths.assertShown('/home/ada/clients.csv')).not.toThrow();
  for (const path of ['/home/ada', '/etc/passwd', '/home/ada/clients.csv/..']) {
    expect(() => paths.assertShown(path), path).toThrow('shows only');
  }
});
