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

it('says durations, kinds and encodings within a message, too', () => {
  const english = [
    m.phases_writing_rows_rare({ many: '1,200', rows: '5,000 rows', time: '3 min' }),
    m.phases_writing_rows_often({ share: 34, rows: '1 row', time: '2 days' }),
    m.problems_unfit_values({ count: 4, kind: 'integer' }),
    m.problems_not_utf8({ encoding: m.parts_encoding_chinese() }),
    m.notes_rows_in_file_common({ rows: '250 rows', file: '5 rows.csv', common: '3 rows repeat' }),
  ];
  speak(() => 'zh-Hans');
  expect(english.map((text) => recognised(text))).toEqual([
    '正在写入。约每 1,200 行有一行满足条件；5,000 行约需 3 分钟。',
    '正在写入。模型每 100 行中有 34 行满足条件；1 行约需 2 天。',
    '有 4 个值不符合类型“整数”，按缺失读取。',
    '文本不是 UTF-8；读取时所用的编码：GB 18030（中文）。',
    '250 行，写入 5 rows.csv；其中 3 行重复了至少五个真实行共有的组合',
  ]);
});

it('leaves alone what no message says', () => {
  speak(() => 'zh-Hans');
  expect(recognised('Something else altogether.')).toBe('Something else altogether.');
});
