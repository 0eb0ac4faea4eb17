import { expect, it } from 'vitest';
import { ChosenPaths } from './chosen-paths.ts';

it('lets only a chosen target be written', () => {
  const paths = new ChosenPaths();
  paths.addTarget('/home/ada/out.csv');
  paths.addShown('/home/ada/clients.csv');
  expect(() => paths.assertTarget('/home/ada/out.csv')).not.toThrow();
  expect(() => paths.assertTarget('/home/ada/x/../out.csv')).not.toThrow();
  for (const path of ['/home/ada/clients.csv', '/home/ada/out.csv.bak', '/home/ada', '/home/ada/.bashrc']) {
    expect(() => paths.assertTarget(path), path).toThrow('save dialog');
  }
});

it('lets chosen and written files be shown, and no other', () => {
  const paths = new ChosenPaths();
  paths.addTarget('/home/ada/out.csv');
  paths.addShown('/home/ada/clients.csv');
  expect(() => paths.assertShown('/home/ada/out.csv')).not.toThrow();
  expect(() => paths.assertShown('/home/ada/clients.csv')).not.toThrow();
  for (const path of ['/home/ada', '/etc/passwd', '/home/ada/clients.csv/..']) {
    expect(() => paths.assertShown(path), path).toThrow('shows only');
  }
});
