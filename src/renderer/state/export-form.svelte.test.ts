import { expect, it } from 'vitest';
import { FakeEngine } from '../../../test/renderer/fake-api.ts';
import { profile, trained } from '../../../test/renderer/fake-data.ts';
import { AppError } from '../../shared/errors.ts';
import type { Project } from '../../shared/project.ts';
import { Client } from './client.ts';
import { ExportForm } from './export-form.svelte.ts';
import { JobBook } from './jobs.svelte.ts';

function setUp(given: Project) {
  const engine = new FakeEngine({ projects: [given], jobs: [], still: true, delay: 0 });
  const client = new Client(engine);
  const book = new JobBook(client);
  return { engine, book, form: new ExportForm(client, book, given) };
}

it('begins with the source’s format and as many rows as it has', () => {
  const { form } = setUp(trained({ profile: profile({ format: 'parquet' }) }));
  expect(form.draft).toEqual({ rows: '30000', seed: '1', format: 'parquet', where: '' });
});

it('keeps what was typed when there is a new model', () => {
  const { form } = setUp(trained());
  form.draft.rows = '12';
  form.suggestRows(trained());
  expect(form.draft.rows).toBe('12');
});

it('writes what was typed, to where the dialog says', async () => {
  const { form, engine, book } = setUp(trained());
  form.draft.rows = '1,234';
  form.draft.seed = '7';
  await form.writeRows('Clients');
  expect(engine.asked[0]).toEqual({
    channel: 'app.chooseTarget',
    input: { suggestedName: 'Clients-synthetic.csv', format: 'csv' },
  });
  expect(engine.asked[1]).toMatchObject({
    channel: 'jobs.generate',
    input: {
      projectId: 'p1',
      path: '/home/ada/out/Clients-synthetic.csv',
      rows: 1234,
      seed: 7,
      format: 'csv',
    },
  });
  expect(book.active.map(({ kind }) => kind)).toEqual(['generate']);
});

it('writes nothing when the dialog is dismissed or the form is wrong', async () => {
  const { form, engine } = setUp(trained());
  engine.dismisses = true;
  await form.writeModel('Clients');
  expect(engine.asked.map(({ channel }) => channel)).toEqual(['app.chooseTarget']);
  form.draft.rows = 'many';
  await form.writeRows('Clients');
  expect(engine.asked).toHaveLength(1);
  expect(form.busy).toBe(false);
});

it('says what went wrong, and can be tried again', async () => {
  const { form, engine, book } = setUp(trained());
  engine.refusal = new AppError('output/disk-full', 'The disk is full.', 'Free some space.');
  await form.writeModel('Clients');
  expect([form.error?.code, form.busy]).toEqual(['output/disk-full', false]);
  engine.refusal = null;
  await form.writeModel('Clients');
  expect(form.error).toBeNull();
  expect(book.active.map(({ kind }) => kind)).toEqual(['export']);
});
