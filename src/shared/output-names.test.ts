import { expect, it } from 'vitest';
import { cardPathOf, manifestPathOf, reportPathOf, sealedName } from './output-names.ts';

it('names what belongs to encrypted rows otherwise than what belongs to the same rows readable', () => {
  const plain = 'out/t.csv';
  const sealed = sealedName(plain, true);
  const beside = (path: string) => [path, cardPathOf(path), reportPathOf(path), manifestPathOf(path)];
  expect(beside(plain)).toEqual([
    'out/t.csv',
    'out/t.csv.card.json',
    'out/t.csv.report.html',
    'out/t.csv.manifest.json',
  ]);
  expect(beside(sealed)).toEqual([
    'out/t.csv.age',
    'out/t.csv.card.json.age',
    'out/t.csv.report.html.age',
    'out/t.csv.age.manifest.json',
  ]);
});
