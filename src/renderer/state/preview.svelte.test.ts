import { expect, it } from 'vitest';
import type { Output, Reply, SemblanceApi } from '../../shared/contract.ts';
import { Client } from './client.ts';
import { Preview } from './preview.svelte.ts';
import { SampleRows } from './sample-rows.svelte.ts';

type Page = Output<'data.preview'>;

/** Answers only when told to. */
function slow() {
  const asked: { offset: number; answer: (reply: Reply<Page>) => void }[] = [];
  const api = {
    call: (_channel: string, input?: { offset?: number }) =>
      new Promise((answer) => asked.push({ offset: input?.offset ?? 0, answer })),
    on: () => () => undefined,
    pathOf: () => '',
  };
  // Stands for two channels only, which is all that is asked of it.
  return { asked, client: new Client(api as SemblanceApi) };
}

const page = (value: string, offset = 0): Reply<Page> => ({
  ok: true,
  value: { offset, total: 5000, columns: ['a'], rows: Array.from({ length: 200 }, () => [value]) },
});
const refusal: Reply<Page> = {
  ok: false,
  error: { code: 'source/not-found', message: 'It is gone.', fix: 'Put it back.' },
};
const settled = () => new Promise((done) => setTimeout(done, 0));

it('shows rows as they arrive, each page asked for once', async () => {
  const { asked, client } = slow();
  const preview = new Preview(client, 'p');
  preview.want(0, 20);
  preview.want(5, 20);
  expect(asked).toHaveLength(1);
  expect(preview.row(3)).toBeUndefined();
  asked[0]?.answer(page('x'));
  await settled();
  expect(preview.row(3)).toEqual(['x']);
  expect([preview.total, preview.complete, preview.state]).toEqual([5000, true, 'ready']);
});

it('takes no page and no error from before it began again, and asks for what is in view', async () => {
  const { asked, client } = slow();
  const preview = new Preview(client, 'p');
  preview.want(1000, 20);
  preview.want(2000, 20);
  preview.reset();
  expect(asked.map(({ offset }) => offset)).toEqual([1000, 2000, 2000]);
  asked[1]?.answer(page('old', 2000));
  asked[0]?.answer(refusal);
  await settled();
  expect(preview.row(2000)).toBeUndefined();
  expect([preview.error, preview.state]).toEqual([null, 'idle']);
  asked[2]?.answer(page('new', 2000));
  await settled();
  expect(preview.row(2000)).toEqual(['new']);
});

it('can ask again for what failed', async () => {
  const { asked, client } = slow();
  const preview = new Preview(client, 'p');
  preview.want(0, 1);
  asked[0]?.answer(refusal);
  await settled();
  expect([preview.error?.code, preview.state]).toEqual(['source/not-found', 'failed']);
  preview.want(0, 1);
  asked[1]?.answer(page('x'));
  await settled();
  expect([preview.error, preview.state]).toEqual([null, 'ready']);
});

it('lets go of sample rows of a model that has been replaced', async () => {
  const { asked, client } = slow();
  const sample = new SampleRows(client, 'p');
  void sample.draw();
  sample.forget();
  expect(sample.loading).toBe(false);
  void sample.draw();
  asked[0]?.answer(page('old'));
  await settled();
  expect([sample.page, sample.loading]).toEqual([null, true]);
  asked[1]?.answer(page('new'));
  await settled();
  expect(sample.page?.rows[0]).toEqual(['new']);
  expect(sample.loading).toBe(false);
});
