import { describe, expect, it, vi } from 'vitest';
import { FakeEngine } from '../../../test/renderer/fake-api.ts';
import { profile, trained } from '../../../test/renderer/fake-data.ts';
import { AppError } from '../../shared/errors.ts';
import type { Project } from '../../shared/project.ts';
import { Client } from './client.ts';
import { blankDraft } from './export-draft.ts';
import { ExportForm } from './export-form.svelte.ts';
import { JobBook } from './jobs.svelte.ts';

const key = 'age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj';
const passphrase = 'Zyklop Birne Kaktus Nebel Quarz';

function setUp(given: Project) {
  const engine = new FakeEngine({ projects: [given], jobs: [], still: true, delay: 0 });
  const client = new Client(engine);
  const book = new JobBook(client);
  return { engine, book, form: new ExportForm(client, book, () => given) };
}

/** Without rules that would stand against real rows. */
const ready = (change: Partial<Project> = {}) => setUp(trained({ rules: [], ...change }));

it('begins with the source’s format, its delimiter, and as many rows as it has', () => {
  const { form } = setUp(trained({ profile: profile({ format: 'parquet' }) }));
  expect(form.draft).toEqual({ ...blankDraft, rows: '30000', format: 'parquet' });
});

it('keeps what was typed when there is a new model', () => {
  const { form } = ready();
  form.draft.rows = '12';
  form.suggestRows(trained());
  expect(form.draft.rows).toBe('12');
});

it('writes what was typed, to where the dialog says', async () => {
  const { form, engine, book } = ready();
  form.draft.rows = '1,234';
  form.draft.seed = '7';
  await form.writeRows('Clients');
  expect(engine.asked[0]).toEqual({
    channel: 'app.chooseTarget',
    input: { suggestedName: 'Clients-synthetic.csv', format: 'csv' },
  });
  expect(engine.asked[1]).toEqual({
    channel: 'jobs.generate',
    input: {
      projectId: 'p1',
      path: '/home/ada/out/Clients-synthetic.csv',
      ...{ rows: 1234, seed: 7, format: 'csv', delimiter: ',' },
    },
  });
  expect(book.active.map(({ kind }) => kind)).toEqual(['generate']);
});

it('writes nothing when the dialog is dismissed or the form is wrong', async () => {
  const { form, engine } = ready();
  engine.dismisses = true;
  await form.writeModel('Clients');
  expect(engine.asked.map(({ channel }) => channel)).toEqual(['app.chooseTarget']);
  form.draft.rows = 'many';
  await form.writeRows('Clients');
  expect(engine.asked).toHaveLength(1);
  expect(form.busy).toBe(false);
});

it('says what went wrong, and can be tried again', async () => {
  const { form, engine, book } = ready();
  engine.refusal = new AppError('output/disk-full', 'The disk is full.', 'Free some space.');
  await form.writeModel('Clients');
  expect([form.error?.code, form.busy]).toEqual(['output/disk-full', false]);
  engine.refusal = null;
  await form.writeModel('Clients');
  expect(form.error).toBeNull();
  expect(book.active.map(({ kind }) => kind)).toEqual(['export']);
});

describe('who can open it', () => {
  it('is those whose keys are named, of rows and model', async () => {
    const { form, engine } = ready();
    form.draft.opener = 'recipients';
    expect([form.ready, form.modelReady]).toEqual([false, false]);
    form.draft.recipients = key;
    expect([form.ready, form.modelReady]).toEqual([true, true]);
    await form.writeRows('Clients');
    await form.writeModel('Clients');
    expect(engine.asked.map(({ input }) => input)).toMatchObject([
      { suggestedName: 'Clients-synthetic.csv.age', sealed: true },
      { protection: { by: 'recipients', recipients: [key] } },
      { suggestedName: 'Clients.semblance.age', sealed: true },
      { protection: { by: 'recipients', recipients: [key] } },
    ]);
    expect(form.draft.recipients).toBe(key);
  });

  it('is whoever knows a passphrase, which is forgotten once a job has it', async () => {
    const { form, engine } = ready();
    form.draft.opener = 'passphrase';
    form.passphrase = { first: passphrase, again: passphrase.slice(0, 5) };
    expect(form.ready).toBe(false);
    await form.writeRows('Clients');
    expect(engine.asked).toEqual([]);
    form.passphrase.again = passphrase;
    expect(form.ready).toBe(true);
    // A plan does without it.
    expect(JSON.stringify(form.planInput('Clients'))).not.toContain(passphrase);

    // While no job has it, it need not be typed again.
    engine.dismisses = true;
    await form.writeRows('Clients');
    expect(form.passphrase.first).toBe(passphrase);
    engine.dismisses = false;
    engine.refusal = new AppError('output/exists', 'There is a file.', 'Choose another name.');
    await form.writeRows('Clients');
    expect(form.passphrase.first).toBe(passphrase);
    engine.refusal = null;

    await form.writeRows('Clients');
    expect(engine.asked.at(-1)?.input).toMatchObject({ protection: { by: 'passphrase', passphrase } });
    expect(form.passphrase).toEqual({ first: '', again: '' });
    expect(form.draft.opener).toBe('passphrase');
    expect(form.ready).toBe(false);
  });

  it('keeps no secret when the page is left, and what was chosen', () => {
    const { form } = ready();
    Object.assign(form.draft, { opener: 'recipients', recipients: `${key}\nAGE-SECRET-KEY-1QQQ`, rows: '7' });
    form.passphrase = { first: passphrase, again: passphrase };
    form.forgetSecrets();
    expect(form.passphrase).toEqual({ first: '', again: '' });
    expect(form.draft).toMatchObject({ opener: 'recipients', recipients: `${key}\n`, rows: '7' });
  });
});

describe('real rows', () => {
  it('come in where the user may, who is asked each time', async () => {
    const { form, engine } = ready();
    Object.assign(form.draft, { mix: true, share: '5', rows: '200' });
    expect(form.ready).toBe(false);
    form.draft.mayUseRealRows = true;
    await form.writeRows('Clients');
    expect(engine.asked.at(-1)?.input).toMatchObject({ mixing: { share: 0.05, mayUseRealRows: true } });
    expect([form.draft.mix, form.draft.mayUseRealRows, form.ready]).toEqual([true, false, false]);
  });

  it('stay out where they cannot come in', () => {
    const { form } = ready();
    Object.assign(form.draft, { mix: true, mayUseRealRows: true });
    expect(form.reading).toMatchObject({ value: { mixing: { share: 0.1 } } });
    form.draft.where = 'age > 60';
    expect(form.mixObstacle).toBe('condition');
    expect(form.reading.ok && form.reading.value.mixing).toBeUndefined();
    expect(setUp(trained()).form.mixObstacle).toBe('rules');
    expect(ready({ source: 'changed' }).form.mixObstacle).toBe('no-source');
    expect(ready({ sourcePath: '', profile: null }).form.mixObstacle).toBe('no-table');
  });
});

it('has said beforehand what would be written, once nothing changes for a while', async () => {
  vi.useFakeTimers();
  const { form, engine } = ready();
  const plans = () => engine.asked.filter(({ channel }) => channel === 'exports.plan');
  for (const rows of ['1', '12', '123']) {
    form.draft.rows = rows;
    form.ahead.follow(form.planInput('Clients'));
  }
  form.draft.report = true;
  form.ahead.follow(form.planInput('Clients'));
  expect(form.ahead.working).toBe(true);
  await vi.advanceTimersByTimeAsync(1000);
  expect(plans()).toHaveLength(1);
  expect(form.ahead.plan).toMatchObject({ rows: 123, signedBy: expect.any(String) });
  expect(form.ahead.plan?.files.map(({ role }) => role)).toEqual(['rows', 'card', 'report', 'manifest']);
  // The same once more is not asked again.
  form.ahead.follow(form.planInput('Clients'));
  await vi.advanceTimersByTimeAsync(1000);
  expect(plans()).toHaveLength(1);
  engine.refusal = AppError.of('output/unfit', 'real_rows_constrained', {});
  form.draft.rows = '9';
  form.ahead.follow(form.planInput('Clients'));
  await vi.advanceTimersByTimeAsync(1000);
  expect([form.ahead.plan, form.ahead.error?.code]).toEqual([null, 'output/unfit']);
  form.draft.rows = '';
  form.ahead.follow(form.planInput('Clients'));
  expect([form.ahead.working, form.ahead.error]).toEqual([false, null]);
  vi.useRealTimers();
});
