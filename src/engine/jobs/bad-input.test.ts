/**
 * Tables as they should not be, through everything that is done with them: opened, looked at, profiled, learned from,
 * generated in every format, and read back. Each ends in a sound result or a clear error.
 */
import { appendFile, mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import type { ColumnChoice, TableProfile } from '../../shared/table.ts';
import { openSource } from '../tables/source.ts';
import { generate } from './generate.ts';
import { profile, proposedColumns } from './profile.ts';
import { train } from './train.ts';
import type { TaskContext } from './task.ts';

const folder = await mkdtemp(join(tmpdir(), 'semblance-bad-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const context = (): TaskContext => ({ signal: new AbortController().signal, report: () => undefined });
const settings = { minutes: 0.02, stopEarly: true, seed: 1, holdout: 0.2 };
const formats = ['csv', 'parquet', 'jsonl'] as const;

interface Outcome {
  profile: TableProfile;
  warnings: string[];
  preview: { columns: string[]; rows: (string | null)[][] };
  /** The generated rows as each format gives them back. */
  made: Record<(typeof formats)[number], { columns: string[]; rows: (string | null)[][] }>;
}

let files = 0;

async function written(content: string | Uint8Array, name = `table ${++files}.csv`): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

async function through(path: string, choose = (columns: ColumnChoice[]) => columns): Promise<Outcome> {
  const source = await openSource(path);
  try {
    const preview = await source.preview(0, 5);
    const found = await profile(source, context());
    const columns = choose(proposedColumns(found));
    const trained = await train({ source, profile: found, columns, settings, maxEpochs: 1 }, context());
    const made: Partial<Outcome['made']> = {};
    for (const format of formats) {
      const out = join(folder, `made ${++files}.${format}`);
      const request = { ...trained, avoid: null, path: out, format, rows: 20, seed: 1, overwrite: false };
      await generate(request, context());
      const result = await openSource(out);
      made[format] = await result.preview(0, 20);
      await result.close();
    }
    const warnings = found.problems
      .filter(({ severity }) => severity === 'warning')
      .map(({ message }) => message);
    return { profile: found, warnings, preview, made: made as Outcome['made'] };
  } finally {
    await source.close();
  }
}

/** No more than a look and a profile. */
async function glance(path: string): Promise<Pick<Outcome, 'profile' | 'preview' | 'warnings'>> {
  const source = await openSource(path);
  try {
    const preview = await source.preview(0, 5);
    const found = await profile(source, context());
    const warnings = found.problems.flatMap(({ severity, message }) =>
      severity === 'warning' ? [message] : [],
    );
    return { profile: found, preview, warnings };
  } finally {
    await source.close();
  }
}

async function failure(path: string): Promise<AppError> {
  try {
    await through(path);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('no error');
}

/** A table of towns and incomes: a header and rows, every field by `cell`. */
function towns(names: readonly string[], rows = 120, separator = ','): string {
  const lines = [['age', 'town', 'income'].join(separator)];
  for (let row = 0; row < rows; row++)
    lines.push([20 + ((row * 7) % 60), names[row % names.length], 1000 + ((row * 37) % 500)].join(separator));
  return `${lines.join('\n')}\n`;
}

const western = ['Köln', 'Zürich', 'Besançon', 'Málaga', '12 €'];
const chinese = ['北京', '上海', '广州', '女', '重庆'];

const toChinese = new Map<string, number[]>();
for (let lead = 0xa1; lead <= 0xf7; lead++)
  for (let trail = 0xa1; trail <= 0xfe; trail++)
    toChinese.set(new TextDecoder('gb18030').decode(Uint8Array.of(lead, trail)), [lead, trail]);

const gb18030 = (text: string): Buffer =>
  Buffer.from([...text].flatMap((letter) => toChinese.get(letter) ?? [letter.charCodeAt(0)]));
const windows1252 = (text: string): Buffer => Buffer.from(text.replaceAll('€', '\u0080'), 'latin1');
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');

function townsOf({ made }: Outcome): Set<string | null> {
  return new Set(formats.flatMap((format) => made[format].rows.map((row) => row[1] ?? null)));
}

describe('text in any encoding', () => {
  it.each([
    ['UTF-8 with a mark', Buffer.from(`\ufeff${towns(western)}`), 'utf-8', western],
    ['UTF-16 with a mark', utf16(`\ufeff${towns(western)}`), 'utf-16le', western],
    ['UTF-16 without', utf16(towns(western)), 'utf-16le', western],
    ['UTF-16, the other byte first', utf16(`\ufeff${towns(western)}`).swap16(), 'utf-16be', western],
    ['Chinese UTF-16', utf16(`\ufeff${towns(chinese)}`), 'utf-16le', chinese],
    ['Windows-1252', windows1252(towns(western)), 'windows-1252', western],
    ['GB 18030', gb18030(towns(chinese)), 'gb18030', chinese],
  ])('%s', async (_, bytes, encoding, names) => {
    const outcome = await through(await written(bytes));
    expect(outcome.profile.dialect?.encoding).toBe(encoding);
    expect(outcome.preview.columns).toEqual(['age', 'town', 'income']);
    expect(outcome.profile.columns.map(({ kind }) => kind)).toEqual(['integer', 'category', 'integer']);
    expect(new Set(outcome.profile.columns[1]?.histogram.map(({ label }) => label))).toEqual(new Set(names));
    for (const town of townsOf(outcome)) expect(names).toContain(town);
  });

  it('UTF-32 is refused by name', async () => {
    const text = towns(western);
    const bytes = Buffer.alloc(4 * text.length);
    for (let at = 0; at < text.length; at++) bytes.writeUInt32LE(text.charCodeAt(at), 4 * at);
    const { code, message } = await failure(await written(bytes));
    expect(code).toBe('source/not-a-table');
    expect(message).toContain('UTF-32');
  });
});

describe('text of mixed encodings is read line by line, with a word about it', () => {
  it.each([
    ['Western', windows1252, western.slice(0, 4)],
    ['Chinese', gb18030, chinese],
  ] as const)('%s', async (_, old, names) => {
    const lines = towns(names).split('\n');
    const bytes = lines.map((line, at) => (at % 3 === 2 ? old(`${line}\n`) : Buffer.from(`${line}\n`)));
    const outcome = await through(await written(Buffer.concat(bytes)));
    expect(new Set(outcome.profile.columns[1]?.histogram.map(({ label }) => label))).toEqual(new Set(names));
    for (const town of townsOf(outcome)) expect(names).toContain(town);
    expect(outcome.warnings.join()).toMatch(
      /mixes encodings: .* in 40 of its lines, the first of them line 3; UTF-8 in 80/,
    );
  });

  it('and what only shows far down does not spoil what is above', async () => {
    const above = towns(western.slice(0, 4), 20_000);
    const outcome = await glance(
      await written(Buffer.concat([Buffer.from(above), windows1252('33,Köln,1200\n')])),
    );
    expect(outcome.profile.rows).toBe(20_001);
    expect(new Set(outcome.profile.columns[1]?.histogram.map(({ label }) => label))).toEqual(
      new Set(western.slice(0, 4)),
    );
    expect(outcome.warnings.join()).toContain(
      'Western European (Windows-1252) in 1 of its lines, the first of them line 20,002',
    );
  });

  it('in JSON lines as well', async () => {
    const line = (row: number): string => `{"age":${20 + (row % 50)},"town":"${western[row % 4] ?? ''}"}\n`;
    const bytes = Array.from({ length: 100 }, (_, row) =>
      row === 60 ? windows1252(line(row)) : Buffer.from(line(row)),
    );
    const outcome = await through(await written(Buffer.concat(bytes), 'mixed.jsonl'));
    for (const town of townsOf(outcome)) expect(western).toContain(town);
    expect(outcome.warnings.join()).toContain('mixes encodings');
  });
});

describe('zero bytes', () => {
  it.each([
    ['inside values', towns(western).replaceAll('Köln', 'K\0öln')],
    ['behind values', towns(western).replaceAll('\n', '\0\0\0\n')],
    ['at the end', `${towns(western)}${'\0'.repeat(1000)}`],
  ])('%s are left out and counted', async (_, text) => {
    const outcome = await through(await written(text));
    expect(outcome.profile.columns.map(({ kind }) => kind)).toEqual(['integer', 'category', 'integer']);
    for (const town of townsOf(outcome)) expect(western).toContain(town);
    expect(outcome.warnings.join()).toMatch(/zero bytes \(NUL\), [\d,]+ in all/);
  });

  it('far down as well', async () => {
    const { profile: found, warnings } = await glance(
      await written(`${towns(western, 20_000)}33,K\0öln,1200\n`),
    );
    expect(found.columns[1]?.distinct).toBe(western.length);
    expect(warnings.join()).toContain('zero bytes (NUL), 1 in all');
  });

  it('alone are no table', async () => {
    const { code, message } = await failure(await written(Buffer.alloc(4096)));
    expect(code).toBe('source/malformed');
    expect(message).toContain('nothing but zero bytes');
  });
});

describe('numbers and dates as people write them', () => {
  const lines = (cell: (row: number) => string, header = 'n;x'): string =>
    `${header}\n${Array.from({ length: 120 }, (_, row) => `${row % 9};${cell(row)}`).join('\n')}\n`;
  const column = ({ profile: found }: Outcome) => found.columns[1];

  it('numbers in quotes', async () => {
    const outcome = await through(await written(lines((row) => `"${row / 4}"`)));
    expect(column(outcome)?.kind).toBe('decimal');
  });

  it('decimal commas stay decimal commas', async () => {
    const outcome = await through(await written(lines((row) => (row * 1.25).toFixed(2).replace('.', ','))));
    expect(column(outcome)).toMatchObject({ kind: 'decimal', decimals: 2 });
    expect(outcome.made.csv.rows.every((row) => /^\d+,\d\d$/.test(row[1] ?? ''))).toBe(true);
  });

  it('decimal commas among decimal points are not guessed at', async () => {
    const { profile: found, warnings } = await glance(
      await written(lines((row) => (row * 1.25).toFixed(2).replace('.', row % 2 === 0 ? ',' : '.'))),
    );
    expect(found.columns[1]?.role).toBe('drop');
    expect(warnings.join()).toContain('decimal comma, others a decimal point');
  });

  const day = (row: number): Date => new Date(Date.UTC(2020, 0, 1 + row * 11));
  const two = (value: number): string => String(value).padStart(2, '0');
  const ways = [
    (date: Date) => date.toISOString().slice(0, 10),
    (date: Date) => `${two(date.getUTCDate())}.${two(date.getUTCMonth() + 1)}.${date.getUTCFullYear()}`,
    (date: Date) => `${two(date.getUTCMonth() + 1)}/${two(date.getUTCDate())}/${date.getUTCFullYear()}`,
    (date: Date) => `${two(date.getUTCDate())}/${two(date.getUTCMonth() + 1)}/${date.getUTCFullYear()}`,
  ] as const;

  it('three ways of writing dates in one column are all read, and written in one', async () => {
    const outcome = await through(await written(lines((row) => ways[(row % 3) as 0 | 1 | 2](day(row)))));
    expect(column(outcome)).toMatchObject({ kind: 'datetime', format: '%Y-%m-%d', nulls: 0 });
    expect(column(outcome)?.range).toMatchObject({ min: '2020-01-01' });
    for (const [, made] of outcome.made.csv.rows) expect(made).toMatch(/^202[0-3]-\d\d-\d\d$/);
    expect(outcome.warnings.join()).toContain('3 ways (YYYY-MM-DD; ');
  });

  it('day and month in both orders are not guessed at', async () => {
    const { profile: found, warnings } = await glance(
      await written(lines((row) => (row % 2 === 0 ? ways[2] : ways[3])(day(row)))),
    );
    expect(found.columns[1]?.role).toBe('drop');
    expect(warnings.join()).toContain('day and month stand in both orders');
  });
});

it('a million different values of one column are learned in groups, and none of few people comes out', async () => {
  const rows = 1_300_000;
  const blocks = ['n,code\n'];
  for (let from = 0; from < rows; from += 1000)
    blocks.push(
      Array.from({ length: 1000 }, (_, at) => {
        const row = from + at;
        // A million codes once, and one of thirty in every fourth row or so.
        return `${row % 9},${row < 1_000_000 ? `C${row.toString(36)}` : `common ${row % 30}`}\n`;
      }).join(''),
    );
  const outcome = await through(await written(blocks.join('')), (columns) =>
    columns.map((column) => ({
      ...column,
      kind: column.name === 'n' ? 'integer' : 'category',
      role: 'keep',
    })),
  );
  expect(outcome.profile.columns[1]?.distinct).toBeGreaterThan(900_000);
  expect(outcome.profile.columns[1]?.histogram[0]?.label).toMatch(/^common \d+$/);
  for (const format of formats)
    for (const [, code] of outcome.made[format].rows) expect(code).toMatch(/^common \d+$/);
}, 300_000);

const oddNames = [
  '😀 mood', 'a "quoted" name', 'line\nbreak', "Robert'); DROP TABLE c0;--", '<img src=x onerror=alert(1)>', '__proto__',
  'constructor', 'a,b', 'tab\there', 'x'.repeat(300), '=cmd|calc', 'null', 'age', 'AGE', 'e\u0301', '\u00e9', '\u202egnp',
  'rows', '%s%n', '$&', '${x}', '\\', 'count(*)', '',
]; // prettier-ignore
const oddValues = ['a"b', '<b>x</b>', "O'Neil", 'new\nline', '😀', '{{x}}', '$1', 'x'.repeat(500)];

it('names and values of any kind come out as they went in', async () => {
  const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const records = [
    oddNames,
    ...Array.from({ length: 80 }, (_, row) =>
      oddNames.map((_name, at) =>
        at % 2 === 0 ? (oddValues[(row + at) % oddValues.length] ?? '') : String((row * 3) % 40),
      ),
    ),
  ];
  const outcome = await through(
    await written(records.map((record) => record.map(quote).join(',')).join('\n')),
  );
  const names = oddNames.map((name, at) => (name === '' ? `column ${at + 1}` : name));
  expect(outcome.preview.columns).toEqual(names);
  for (const format of formats) {
    // Parquet readers do not tell names apart by case.
    if (format !== 'parquet') expect(outcome.made[format].columns).toEqual(names);
    for (const row of outcome.made[format].rows)
      for (const [at, value] of row.entries()) if (at % 2 === 0) expect(oddValues).toContain(value);
  }
}, 120_000);

describe('files in odd places', () => {
  it.each([
    'emoji 😀.csv',
    `quote' "x".csv`,
    'new\nline.csv',
    "x'); DROP TABLE y;--.csv",
    '<b>bold.csv',
    'glob*[a]?.csv',
    '-dash.csv',
    '%s{x}.csv',
    `${'n'.repeat(251)}.csv`,
  ])('a file called %j', async (name) => {
    if (process.platform === 'win32') return;
    expect((await glance(await written(towns(western), name))).profile.rows).toBe(120);
  });

  it('a path of more than 300 characters, read and written', async () => {
    const deep = join(folder, ...Array.from({ length: 5 }, () => 'd'.repeat(60)));
    await mkdir(deep, { recursive: true });
    const path = join(deep, 'table.csv');
    await writeFile(path, towns(western));
    expect(path.length).toBeGreaterThan(300);
    const outcome = await through(path);
    expect(outcome.profile.rows).toBe(120);
  });

  it('a link that leads back to itself', async () => {
    await symlink('loop.csv', join(folder, 'loop.csv'));
    const { code, message } = await failure(join(folder, 'loop.csv'));
    expect(code).toBe('source/not-found');
    expect(message).toContain('leads back to itself');
    await symlink('ring', join(folder, 'ring'));
    expect((await failure(join(folder, 'ring', 'table.csv'))).code).toBe('source/not-found');
  });

  it('a link to a table is as good as the table', async () => {
    await symlink(await written(towns(western)), join(folder, 'link.csv'));
    expect((await through(join(folder, 'link.csv'))).profile.rows).toBe(120);
  });

  it('a name longer than the system takes', async () => {
    const { code, message } = await failure(join(folder, `${'n'.repeat(5000)}.csv`));
    expect(code).toBe('source/not-found');
    expect(message).toContain('too long');
  });
});

describe('a file that changes', () => {
  async function changedBy(change: (path: string) => Promise<void>): Promise<AppError> {
    const path = await written(towns(western));
    const source = await openSource(path);
    try {
      const found = await profile(source, context());
      await change(path);
      await train(
        { source, profile: found, columns: proposedColumns(found), settings, maxEpochs: 1 },
        context(),
      );
    } catch (error) {
      if (error instanceof AppError) return error;
      throw error;
    } finally {
      await source.close();
    }
    throw new Error('no error');
  }

  it('before it is read is noticed, whatever its clock says', async () => {
    expect((await changedBy((path) => appendFile(path, '1,Köln,2\n'))).code).toBe('source/changed');
    // The clock was set back an hour, then the file written: it is older than before.
    const past = new Date(Date.now() - 3_600_000);
    expect((await changedBy((path) => utimes(path, past, past))).code).toBe('source/changed');
    expect((await changedBy((path) => rm(path))).code).toBe('source/not-found');
  });

  it('while it is learned from does not matter any more', async () => {
    const path = await written(towns(western));
    const source = await openSource(path);
    const found = await profile(source, context());
    let gone = false;
    const trained = await train(
      { source, profile: found, columns: proposedColumns(found), settings, maxEpochs: 1 },
      {
        ...context(),
        report: ({ phase }) => {
          if (gone || phase?.startsWith('Learning') !== true) return;
          gone = true;
          void writeFile(path, 'nothing,of\nwhat,was\n');
        },
      },
    );
    await source.close();
    expect(gone).toBe(true);
    expect(trained.training.rows).toBe(96);
  });
});
