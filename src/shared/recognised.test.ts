import { afterEach, expect, it } from 'vitest';
import { speak } from './language.ts';
import { m } from './messages/messages.js';
import { recognised } from './recognised.ts';

afterEach(() => speak(() => 'en'));

const said = [
  m.phases_learning({ epoch: 7 }),
  m.phases_reading({ table: 'Reading every row.csv' }),
  m.problems_few({ rows: 412 }),
  m.problems_few_fix(),
  m.problems_same_name_fix({ name: 'a.b (c)' }),
  m.notes_ran_away({ step: 900 }),
];

it('leaves English as it is', () => {
  for (const text of said) expect(recognised(text)).toBe(text);
});

it('says in the language of the window what was said in English', () => {
  speak(() => 'zh-Hans');
  expect(said.map((text) => recognised(text))).toEqual([
    m.phases_learning({ epoch: 7 }),
    m.phases_reading({ table: 'Reading every row.csv' }),
    m.problems_few({ rows: 412 }),
    m.problems_few_fix(),
    m.problems_same_name_fix({ name: 'a.b (c)' }),
    m.notes_ran_away({ step: 900 }),
  ]);
});

it('takes the figure alone from an English phrase', () => {
  const text = m.problems_short_rows({ rows: '3 rows have', fields: '12 fields', row: 8 });
  speak(() => 'zh-Hans');
  expect(recognised(text)).toBe(m.problems_short_rows({ rows: '3', fields: '12', row: 8 }));
});

it('leaves alone what no message says', () => {
  speak(() => 'zh-Hans');
  expect(recognised('Something else altogether.')).toBe('Something else altogether.');
});
