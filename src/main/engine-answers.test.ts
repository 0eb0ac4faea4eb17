import { expect, it, vi } from 'vitest';
import { contract } from '../shared/contract.ts';
import { ChosenPaths } from './chosen-paths.ts';
import { engineAnswer, engineChannels } from './engine-answers.ts';

it('are those of every channel that is not the app’s own', () => {
  const own = Object.keys(contract).filter((channel) => channel.startsWith('app.'));
  expect([...engineChannels, ...own].sort()).toEqual(Object.keys(contract).sort());
});

it('pass the input on and the answer back', async () => {
  const ask = vi.fn().mockResolvedValue(['job']);
  expect(await engineAnswer('jobs.cancel', ask, new ChosenPaths())({ jobId: 'j' })).toEqual(['job']);
  expect(ask).toHaveBeenCalledWith('jobs.cancel', { jobId: 'j' });
});

it('have a file written only where the user has said so', async () => {
  const ask = vi.fn().mockResolvedValue('job');
  const paths = new ChosenPaths();
  paths.addTarget({ path: '/home/ada/out.csv', overwrite: false });
  const input = { projectId: 'p', format: 'csv', rows: 1, seed: 0 } as const;
  const generate = engineAnswer('jobs.generate', ask, paths);
  await expect(generate({ ...input, path: '/home/ada/.bashrc' })).rejects.toMatchObject({
    code: 'request/forbidden',
  });
  const exportModel = engineAnswer('jobs.exportModel', ask, paths);
  await expect(exportModel({ projectId: 'p', path: '/etc/x' })).rejects.toMatchObject({
    code: 'request/forbidden',
  });
  expect(ask).not.toHaveBeenCalled();
  expect(await generate({ ...input, path: '/home/ada/out.csv' })).toBe('job');
  expect(ask.mock.calls).toEqual([
    ['jobs.generate', { ...input, path: '/home/ada/out.csv', overwrite: false }],
  ]);
  await expect(generate({ ...input, path: '/home/ada/out.csv' })).rejects.toMatchObject({
    code: 'request/forbidden',
  });
});

it('hear nothing from the page about replacing', () => {
  const asked = {
    projectId: 'p',
    path: '/home/ada/out.csv',
    format: 'csv',
    rows: 1,
    seed: 0,
    overwrite: true,
  };
  expect(contract['jobs.generate'].input.parse(asked)).not.toHaveProperty('overwrite');
  expect(contract['jobs.exportModel'].input.parse(asked)).not.toHaveProperty('overwrite');
});

it('let the files of a project be shown', async () => {
  const paths = new ChosenPaths();
  const project = { name: 'clients', exports: [{ path: '/home/ada/old.csv', rows: 1 }] };
  await engineAnswer('projects.get', () => Promise.resolve(project), paths)({ projectId: 'p' });
  expect(() => paths.assertShown('/home/ada/old.csv')).not.toThrow();
  expect(() => paths.useTarget('/home/ada/old.csv')).toThrow();
});
