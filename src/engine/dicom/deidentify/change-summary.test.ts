import { expect, it } from 'vitest';
import { ChangeSummary } from './change-summary.ts';
import { type Change } from './plan.ts';

const change = (tag: number, handling: Change['handling'], kept: readonly string[] = []): Change => ({
  ...{ path: [tag], handling, before: 'before', after: undefined, kept },
});

const files: readonly (readonly Change[])[] = [
  [change(0x00100010, 'pseudonym'), change(0x00091001, 'private'), change(0x00091002, 'private')],
  [change(0x00100010, 'pseudonym'), change(0x00081030, 'clean', ['Chest', 'of'])],
  [change(0x00081030, 'clean', ['of']), change(0x00081030, 'clean', ['Head'])],
];

function summaryOf(some: readonly (readonly Change[])[]): ChangeSummary {
  const summary = new ChangeSummary();
  for (const changes of some) {
    summary.nextFile();
    for (const one of changes) summary.add(one);
  }
  return summary;
}

it('counts elements and files, private attributes together', () => {
  const { attributes, keptWords } = summaryOf(files);
  expect(attributes).toEqual([
    { tag: 0x00081030, name: 'Study Description', handling: 'clean', changed: 3, files: 2 },
    { tag: 0x00100010, name: "Patient's Name", handling: 'pseudonym', changed: 2, files: 2 },
    { tag: undefined, name: '', handling: 'private', changed: 2, files: 1 },
  ]);
  expect(keptWords).toEqual([
    { word: 'of', times: 2 },
    { word: 'Chest', times: 1 },
    { word: 'Head', times: 1 },
  ]);
});

it('is the same put together of parts, in any order', () => {
  const whole = summaryOf(files);
  const parts = files.map((file) => summaryOf([file]).takePart());
  const summary = new ChangeSummary();
  for (const part of parts.reverse()) summary.addPart(structuredClone(part));
  expect(summary.attributes).toEqual(whole.attributes);
  expect(summary.keptWords).toEqual(whole.keptWords);
  summary.takePart();
  expect(summary.attributes).toEqual([]);
});
