import { describe, expect, it } from 'vitest';
import { dicomDate, personName } from './dicom.ts';

describe('names of patients', () => {
  it.each([
    ['Zhang^Ruth', 'Zhang, Ruth'],
    ['O’Connor^Pádraig^^Prof.', 'O’Connor, Prof. Pádraig'],
    ['Adams^John Robert Quincy^^Rev.^B.A. M.Div.', 'Adams, Rev. John Robert Quincy, B.A. M.Div.'],
    ['Yamada^Tarou=山田^太郎=やまだ^たろう', 'Yamada, Tarou'],
    ['=山田^太郎', '山田, 太郎'],
    ['^^^^', ''],
    ['', ''],
  ])('%s reads “%s”', (name, words) => {
    expect(personName(name)).toBe(words);
  });
});

it('dates read as dates', () => {
  expect(dicomDate('20201028')).toBe('2020-10-28');
  expect(dicomDate('2020.10.28')).toBe('2020.10.28');
});
