import { expect, it } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { madeInOrder, type MakeHere } from './made-in-order.ts';
import type { MakerThread } from './maker-threads.ts';
import type { StudyFiles } from './study-maker.ts';

const error = AppError.of('dicom/not-dicom', 'dicom_not_dicom', {});

/** A study of as many files as it is long. */
const study = (files: number): StudyFiles => ({ series: [], wanted: Array<boolean>(files).fill(true) });
const units = [[2, 1], [3], [1], [1, 1], [4]].map((studies) => ({ studies: studies.map(study) }));
const all = units.flatMap(({ studies }, unit) =>
  studies.flatMap(({ wanted }, place) => wanted.map((_, at) => `${unit} ${place} ${at}`)),
);

async function* made(studies: readonly StudyFiles[], onFile: () => void | Promise<void>) {
  for (const [place, { wanted }] of studies.entries()) {
    for (const [at, isWanted] of wanted.entries()) {
      if (!isWanted) continue;
      await onFile();
      yield { made: [{ study: place, at, error }] };
    }
  }
  return undefined;
}

/** What is told, and how much of it was made here. */
async function told(threads: readonly MakerThread[]): Promise<{ order: string[]; here: number }> {
  let here = 0;
  const makeHere: MakeHere = (studies) =>
    made(studies, () => {
      here++;
    });
  const order: string[] = [];
  for await (const { unit, made: some } of madeInOrder(units.values(), makeHere, threads))
    for (const { study: place, at } of some) order.push(`${units.indexOf(unit)} ${place} ${at}`);
  return { order, here };
}

/** @param lasts Files after which it fails. */
function thread(lasts = Infinity, ready = Promise.resolve()): MakerThread {
  let files = 0;
  const onFile = async () => {
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 3));
    if (++files > lasts) throw new Error('gone');
  };
  return { ready, make: (studies) => made(studies, onFile), end: () => Promise.resolve() };
}

it('is all made here without threads', async () => {
  expect(await told([])).toEqual({ order: all, here: all.length });
});

it('comes in order from any number of threads that can begin', async () => {
  const ready = [thread(), thread(), thread()];
  await Promise.all(ready.map((one) => one.ready));
  const { order, here } = await told(ready);
  expect(order).toEqual(all);
  expect(here).toBeLessThan(all.length);
});

it('is made here where a thread fails, each file once', async () => {
  for (let lasts = 0; lasts < 8; lasts++)
    expect((await told([thread(lasts), thread(lasts + 3)])).order).toEqual(all);
});

it('is made here where a thread never can begin, or does late', async () => {
  const never = Promise.reject(new Error('never'));
  never.catch(() => undefined);
  const late = new Promise<void>((resolve) => setTimeout(resolve, 20));
  expect(await told([thread(9, never)])).toEqual({ order: all, here: all.length });
  expect((await told([thread(9, late)])).order).toEqual(all);
});
