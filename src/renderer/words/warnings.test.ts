import { expect, it } from 'vitest';
import { explainCopies } from '../../shared/verdicts.ts';
import { card, columns, profile, scores } from '../../../test/renderer/fake-data.ts';
import { warningsOf } from './warnings.ts';

it('finds what to do about every warning of a card', () => {
  const read = profile();
  const [problem] = read.problems;
  if (problem === undefined) throw new Error('The made-up table has no problem.');
  const figures = { ...scores(columns()), privacy: { closerToTraining: 0.5, exactCopies: 900 } };
  const warned = {
    ...card(columns()),
    scores: figures,
    warnings: [`${problem.column}: ${problem.message}`, explainCopies(figures).sentence, 'Something else.'],
  };
  const found = warningsOf(warned, read);
  expect(found.map(({ message }) => message)).toEqual(warned.warnings);
  expect(found[0]?.fix).toBe(problem.fix);
  expect(found[1]?.fix).toMatch(/^Copies are replaced/);
  expect(found[2]?.fix).toMatch(/under Check/);
});
