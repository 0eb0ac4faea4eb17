import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Anonymity, AnonymityReport } from '../../shared/personal.ts';
import { AnonymityFigures } from './anonymity.svelte.ts';
import { CallError, type Client } from './client.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function reportOf(k: number): AnonymityReport {
  const before: Anonymity = { columns: [], rows: 1, classes: 1, k, l: [], unique: 0, under5: 0, sizes: [] };
  return { before, after: before };
}

/** An engine whose answers wait to be given. */
function engine() {
  const asked: { answer: (report: AnonymityReport) => void; refuse: (error: Error) => void }[] = [];
  const stopped: unknown[] = [];
  const call = (channel: string, input: unknown) => {
    if (channel === 'data.stopAnonymity') {
      stopped.push(input);
      return Promise.resolve(undefined);
    }
    return new Promise((answer, refuse) => asked.push({ answer, refuse }));
  };
  return { client: { call } as unknown as Client, asked, stopped };
}

it('waits for changes to end, measures once, and not again what it has measured', async () => {
  const { client, asked } = engine();
  const figures = new AnonymityFigures(client, 'p');
  figures.want('a');
  figures.want('b');
  expect(figures.measuring).toBe(true);
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toHaveLength(1);
  asked[0]?.answer(reportOf(3));
  await vi.advanceTimersByTimeAsync(0);
  expect([figures.report?.after.k, figures.measuring]).toEqual([3, false]);
  figures.want('b');
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toHaveLength(1);
});

it('drops answers that a change has overtaken', async () => {
  const { client, asked } = engine();
  const figures = new AnonymityFigures(client, 'p');
  figures.want('a');
  await vi.advanceTimersByTimeAsync(1000);
  figures.want('b');
  await vi.advanceTimersByTimeAsync(1000);
  asked[0]?.refuse(new CallError({ code: 'job/cancelled', message: 'cancelled', fix: '' }));
  await vi.advanceTimersByTimeAsync(0);
  expect([figures.error, figures.measuring]).toEqual([null, true]);
  asked[1]?.answer(reportOf(7));
  await vi.advanceTimersByTimeAsync(0);
  expect(figures.report?.after.k).toBe(7);
});

it('stops when asked to, tells the engine, and can be asked again; errors are kept to be shown', async () => {
  const { client, asked, stopped } = engine();
  const figures = new AnonymityFigures(client, 'p');
  figures.want('a');
  await vi.advanceTimersByTimeAsync(1000);
  await figures.stop();
  expect([figures.measuring, figures.stopped, stopped]).toEqual([false, true, [{ projectId: 'p' }]]);
  figures.again();
  await vi.advanceTimersByTimeAsync(1000);
  asked[1]?.refuse(new CallError({ code: 'source/changed', message: 'It has changed.', fix: 'Read it.' }));
  await vi.advanceTimersByTimeAsync(0);
  expect([figures.error?.code, figures.stopped, figures.measuring]).toEqual(['source/changed', false, false]);
});
