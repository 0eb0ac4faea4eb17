import { chmod, mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { loadTable } from './load.ts';
import { profileTable } from './profile.ts';
import { hashFile, sourceError } from './source-file.ts';
import { openSource, type Source } from './source.ts';

const fixtures = join(import.meta.dirname, '../../../test/fixtures/tables');
const folder = await mkdtemp(join(tmpdir(), 'semblance-test-'));
const opened: Source[] = [];

async function open(path: string): Promise<Source> {
  const source = await openSource(path);
  opened.push(source);
  return source;
}

async function made(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

/** The error that opening and profiling the file ends in. */
async function failure(path: string): Promise<AppError> {
  try {
    await profileTable(await open(path));
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('no error');
}

afterEach(async () => {
  for (const source of opened.splice(0)) await source.close();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('openSource reads what people have', () => {
  it.each([
    [
      'bestellungen-windows1252.csv',
      { format: 'csv', gzip: false, delimiter: ';', encoding: 'windows-1252' },
      60,
    ],
    ['scores-utf16.tsv', { format: 'csv', gzip: false, delimiter: '\t', encoding: 'utf-16le' }, 40],
    ['notes-bom.csv', { format: 'csv', gzip: false, delimiter: ',', encoding: 'utf-8' }, 40],
    ['visits.csv.gz', { format: 'csv', gzip: true, delimiter: '|', encoding: 'utf-8' }, 50],
    ['sensors.jsonl', { format: 'jsonl', gzip: false, delimiter: undefined, encoding: undefined }, 50],
    ['sensors.parquet', { format: 'parquet', gzip: false, delimiter: undefined, encoding: undefined }, 60],
  ])('%s', async (name, expected, rows) => {
    const source = await open(join(fixtures, name));
    const { format, gzip, dialect } = source;
    expect({ format, gzip, delimiter: dialect?.delimiter, encoding: dialect?.encoding }).toEqual(expected);
    const profile = await profileTable(source);
    expect(profile.rows).toBe(rows);
    const page = await source.preview(0, 500);
    expect(page).toMatchObject({
      offset: 0,
      total: rows,
      columns: profile.columns.map((column) => column.name),
    });
    expect(page.rows).toHaveLength(rows);
    expect(await source.preview(rows - 3, 10)).toMatchObject({ rows: page.rows.slice(-3) });
  });

  it('keeps the letters of other encodings', async () => {
    const source = await open(join(fixtures, 'bestellungen-windows1252.csv'));
    expect(source.columns.at(-1)).toBe('Währung');
    expect((await source.preview(0, 1)).rows[0]?.at(-1)).toBe('€');
    const { columns } = await profileTable(source);
    expect(columns.find(({ name }) => name === 'Währung')?.histogram).toEqual([{ label: '€', count: 60 }]);
  });

  it('notices an encoding that only shows far down, and reads the whole file in it', async () => {
    const lines = Array.from({ length: 60_000 }, (_, row) => `${row},plain`);
    lines.push('60000,gr\xfcn');
    const source = await open(
      await made('late.csv', Buffer.from(['n,colour', ...lines].join('\n'), 'latin1')),
    );
    const profile = await profileTable(source);
    expect(profile.dialect?.encoding).toBe('windows-1252');
    expect(profile.columns[1]?.histogram).toEqual([
      { label: 'plain', count: 60_000 },
      { label: 'grün', count: 1 },
    ]);
    expect(profile.problems.some(({ message }) => message.includes('Windows-1252'))).toBe(true);
  });

  it.each(['plain', 'gzip'])('shows any window of a long file, exactly as written (%s)', async (packing) => {
    const rows = Array.from({ length: 30_000 }, (_, row) => [
      `${row}`,
      row % 3 === 0 ? null : `"${row}", 0${row}`,
    ]);
    const text = `n,text\n${rows.map(([n, cell]) => `${n},${cell === null || cell === undefined ? '' : `"${cell.replaceAll('"', '""')}"`}`).join('\n')}\n`;
    const source = await open(await made(`long-${packing}.csv`, packing === 'gzip' ? gzipSync(text) : text));
    for (const offset of [0, 1, 255, 256, 1999, 12_345, 29_990]) {
      const page = await source.preview(offset, 20);
      expect(page.rows).toEqual(rows.slice(offset, offset + 20));
    }
    expect((await source.preview(30_000, 20)).rows).toEqual([]);
    expect((await source.preview(0, 1)).total).toBe(30_000);
  });

  it('reads JSON lines with keys that come later, spelling numbers as the file does', async () => {
    const path = await made(
      'keys.jsonl',
      '{"a":1.50}\n\n{"b":[1, 2],"a":12345678901234567890}\n{"a":null,"c":"x"}\n',
    );
    const source = await open(path);
    expect((await source.preview(0, 10)).rows).toEqual([
      ['1.50', null, null],
      ['12345678901234567890', '[1,2]', null],
      [null, null, 'x'],
    ]);
    expect(source.columns).toEqual(['a', 'b', 'c']);
  });

  it('reads JSON keys that differ only in case, or hold what needs escaping', async () => {
    const line = (row: number): string =>
      JSON.stringify({ a: row, A: `x${row}`, 'a/~"b\'': row * 2, '': row % 2 });
    const source = await open(await made('case.jsonl', [1, 2, 3, 4].map(line).join('\n')));
    const profile = await profileTable(source);
    expect(profile.columns.map(({ name }) => name)).toEqual(['a', 'A', `a/~"b'`, 'column 4']);
    expect(profile.columns.map(({ distinct }) => distinct)).toEqual([4, 4, 4, 2]);
  });

  it('opens a file whose name looks like a pattern or holds quotes', async () => {
    for (const name of ["it's [1] data*.csv", 'a?b.csv']) {
      const source = await open(await made(name, 'a,b\n1,2\n3,4\n'));
      expect((await profileTable(source)).rows).toBe(2);
    }
  });
});

describe('what is no table, or cannot be read, is said so', () => {
  it('an empty file', async () => {
    for (const content of ['', '\n\n', '  \n']) {
      expect(await failure(await made('empty.csv', content))).toMatchObject({ code: 'source/empty' });
    }
    expect(await failure(await made('empty.csv.gz', gzipSync('')))).toMatchObject({ code: 'source/empty' });
  });

  it.each([
    ['picture.png', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), /PNG image/],
    ['book.xlsx', Buffer.from('PK\x03\x04......[Content_Types].xml', 'latin1'), /Excel workbook/],
    ['archive.zip', Buffer.from('PK\x03\x04........a.txt', 'latin1'), /zip archive/],
    [
      'random.csv',
      Buffer.from(Array.from({ length: 4000 }, (_, at) => (at * 7919 + (at >> 3)) & 255)),
      /binary data/,
    ],
    ['page.csv', '<!DOCTYPE html>\n<html></html>\n', /web page/],
    ['all.json', '[{"a":1},\n{"a":2}]\n', /JSON lines/],
  ])('%s', async (name, content, words) => {
    const error = await failure(await made(name, content));
    expect(error.code).toBe('source/not-a-table');
    expect(error.message).toMatch(words);
    expect(error.message).toContain(name);
  });

  it('a folder', async () => {
    await mkdir(join(folder, 'a-folder.csv'), { recursive: true });
    expect(await failure(join(folder, 'a-folder.csv'))).toMatchObject({ code: 'source/is-directory' });
  });

  it('a device', async () => {
    expect(await failure('/dev/null')).toMatchObject({ code: 'source/not-a-table' });
  });

  it('a file that is not there, or hangs in the air', async () => {
    const nowhere = await failure(join(folder, 'nowhere.csv'));
    expect(nowhere).toMatchObject({ code: 'source/not-found', message: 'There is no file “nowhere.csv”.' });
    const goes = await made('goes.csv', 'a,b\n1,2\n');
    const source = await openSource(goes);
    await rm(goes);
    await expect(source.check()).rejects.toThrow('“goes.csv” is not there any more.');
    await source.close();
    await symlink(join(folder, 'nowhere.csv'), join(folder, 'dangling.csv'));
    expect(await failure(join(folder, 'dangling.csv'))).toMatchObject({ code: 'source/not-found' });
  });

  it('a file one may not read', async () => {
    const path = await made('secret.csv', 'a,b\n1,2\n');
    await chmod(path, 0o000);
    // Permission bits do not bind root, who may run these tests; the mapping is tested for all.
    if (process.getuid?.() !== 0) expect(await failure(path)).toMatchObject({ code: 'source/no-permission' });
    for (const code of ['EACCES', 'EPERM']) {
      const error = sourceError(Object.assign(new Error('denied'), { code }), 'secret.csv');
      expect(error).toMatchObject({ code: 'source/no-permission' });
    }
  });

  it('a gzip archive that was cut off', async () => {
    const text = Array.from({ length: 200_000 }, (_, row) => `${row},${(row * 7919) % 1013}`).join('\n');
    const packed = gzipSync(`a,b\n${text}\n`);
    expect(await failure(await made('cut.csv.gz', packed.subarray(0, packed.length >> 1)))).toMatchObject({
      code: 'source/malformed',
    });
  });

  it('JSON lines with a broken line, by its number', async () => {
    const error = await failure(await made('broken.jsonl', '{"a":1}\n{"a":\n{"a":3}\n'));
    expect(error).toMatchObject({ code: 'source/malformed' });
    expect(error.message).toContain('line 2');
  });

  it('a damaged Parquet file', async () => {
    expect(await failure(await made('bad.parquet', 'PAR1 and then nothing'))).toMatchObject({
      code: 'source/malformed',
    });
  });

  it('never quotes a value', async () => {
    const error = await failure(await made('s.jsonl', '{"a":"topsecret"}\n{"a":"topsecret"\n'));
    expect(JSON.stringify([error.message, error.fix])).not.toContain('topsecret');
  });
});

describe('odd tables give a sound result', () => {
  it('a header only', async () => {
    const source = await open(await made('header.csv', 'a,b,c\n'));
    const profile = await profileTable(source);
    expect(profile.rows).toBe(0);
    expect(profile.columns.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    expect(profile.problems[0]).toMatchObject({
      severity: 'error',
      message: expect.stringContaining('no rows') as string,
    });
    await expect(loadTable(source, profile, profile.columns)).rejects.toMatchObject({
      code: 'table/too-few-rows',
    });
  });

  it('one row', async () => {
    const profile = await profileTable(await open(await made('one-row.csv', 'a,b\nx,2\n')));
    expect(profile.rows).toBe(1);
    expect(profile.problems[0]).toMatchObject({
      severity: 'error',
      message: expect.stringContaining('only 1 row') as string,
    });
  });

  it('one column, with blanks among its values', async () => {
    const source = await open(await made('one-column.csv', 'size\n1\n\n3\n""\n5\n'));
    const profile = await profileTable(source);
    expect(profile).toMatchObject({
      rows: 5,
      columns: [{ name: 'size', kind: 'integer', nulls: 2, distinct: 3 }],
    });
    expect((await source.preview(0, 9)).rows).toEqual([['1'], [null], ['3'], [null], ['5']]);
  });

  it('a column all null, and a constant one', async () => {
    const rows = Array.from({ length: 30 }, (_, row) => `${row % 4},,same`).join('\n');
    const source = await open(await made('flat.csv', `a,void,still\n${rows}\n`));
    const profile = await profileTable(source);
    expect(profile.columns[1]).toMatchObject({ role: 'drop', nulls: 30, distinct: 0, histogram: [] });
    expect(profile.columns[2]).toMatchObject({ kind: 'category', role: 'keep', distinct: 1 });
    expect(profile.problems.map(({ column }) => column)).toEqual(expect.arrayContaining(['void', 'still']));
    const keepAll = profile.columns.map((column) => ({ ...column, role: 'keep' as const }));
    const { table } = await loadTable(source, profile, keepAll);
    expect(table.columns[1]).toMatchObject({
      type: 'category',
      categories: [],
      codes: new Int32Array(30).fill(-1),
    });
  });

  it('names that are doubled or missing', async () => {
    const source = await open(await made('names.csv', 'a,a,,b\n1,2,3,4\n5,6,7,8\n'));
    expect(source.columns).toEqual(['a', 'a (2)', 'column 3', 'b']);
    const { problems } = await profileTable(source);
    expect(problems.some(({ column }) => column === 'a (2)')).toBe(true);
    expect(problems.some(({ message }) => message.includes('no name'))).toBe(true);
  });

  it('ragged rows: short ones are filled up, long ones cut, and both are counted', async () => {
    const lines = Array.from({ length: 40 }, (_, row) =>
      row === 5 ? 'x' : row === 9 ? '1,2,3,4' : `${row},${row}`,
    );
    const source = await open(await made('ragged.csv', `a,b\n${lines.join('\n')}\n`));
    const profile = await profileTable(source);
    expect(profile.rows).toBe(40);
    expect(profile.columns.map(({ nulls }) => nulls)).toEqual([0, 1]);
    const said = profile.problems.map(({ message }) => message).join(' ');
    expect(said).toContain('1 row has fewer than 2 fields, first row 6');
    expect(said).toContain('1 row has more than 2 fields, first row 10');
    expect((await source.preview(5, 1)).rows).toEqual([['x', null]]);
    expect((await source.preview(9, 1)).rows).toEqual([['1', '2']]);
  });

  it('a quote never closed: read as an ordinary character where the rest is regular, and said', async () => {
    const lines = Array.from({ length: 40 }, (_, row) => (row === 7 ? `7,"inch` : `${row},mm`));
    const source = await open(await made('quote.csv', `a,unit\n${lines.join('\n')}\n`));
    const profile = await profileTable(source);
    expect(profile.rows).toBe(40);
    const said = profile.problems.find(({ message }) => message.includes('never closed'));
    expect(said).toMatchObject({ severity: 'warning', message: expect.stringContaining('row 8') as string });
    expect((await source.preview(7, 1)).rows).toEqual([['7', '"inch']]);
  });

  it('a quote never closed: an error with its row where nothing else can be made of it', async () => {
    const lines = Array.from({ length: 40 }, (_, row) => (row === 39 ? `39,"x, y, z` : `${row},"x, y, z"`));
    const error = await failure(await made('quotes.csv', `a,b\n${lines.join('\n')}\n`));
    expect(error).toMatchObject({ code: 'source/malformed' });
    expect(error.message).toContain('quotes.csv');
    expect(error.message).toContain('row 40');
  });

  it('a quote that swallows the next row: said, with its row', async () => {
    const lines = Array.from({ length: 40 }, (_, row) => (row === 7 ? `7,"open` : `${row},"x, y, z"`));
    const profile = await profileTable(await open(await made('swallow.csv', `a,b\n${lines.join('\n')}\n`)));
    const said = profile.problems.find(({ message }) => message.includes('closing quotation mark'));
    expect(said).toMatchObject({ severity: 'warning', message: expect.stringContaining('row 8') as string });
  });

  it('line ends of several kinds in one file', async () => {
    const profile = await profileTable(await open(await made('mixed.csv', 'a,b\r\n1,2\n"3\nx",4\r\n5,6\n')));
    expect(profile.rows).toBe(3);
  });

  it('old Macintosh line ends', async () => {
    const source = await open(await made('mac.csv', 'a,b\r1,2\r3,4\r5,6\r'));
    expect((await profileTable(source)).rows).toBe(3);
    expect((await source.preview(1, 1)).rows).toEqual([['3', '4']]);
  });
});

describe('the source is watched', () => {
  it('a file that disappears', async () => {
    const path = await made('gone.csv', 'a,b\n1,2\n3,4\n');
    const source = await open(path);
    const profile = await profileTable(source);
    await rm(path);
    await expect(source.preview(0, 10)).rejects.toMatchObject({ code: 'source/not-found' });
    await expect(profileTable(source)).rejects.toMatchObject({ code: 'source/not-found' });
    await expect(loadTable(source, profile, profile.columns)).rejects.toMatchObject({
      code: 'source/not-found',
    });
    await expect(hashFile(path)).rejects.toMatchObject({ code: 'source/not-found' });
  });

  it('a file that changes', async () => {
    const path = await made('moving.csv', 'a,b\n1,2\n3,4\n');
    const source = await open(path);
    await profileTable(source);
    await writeFile(path, 'a,b\n1,2\n3,4\n5,6\n');
    await expect(source.preview(0, 10)).rejects.toMatchObject({ code: 'source/changed' });
    await writeFile(path, 'a,b\n1,2\n3,5\n');
    await utimes(path, new Date(), new Date(Date.now() + 5000));
    await expect(source.check()).rejects.toMatchObject({ code: 'source/changed' });
  });

  it('a profile can be stopped', async () => {
    const source = await open(await made('stop.csv', `a\n${'1\n'.repeat(1000)}`));
    await expect(profileTable(source, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect((await profileTable(source)).rows).toBe(1000);
  });
});

it('hashes a file', async () => {
  expect(await hashFile(await made('abc', 'abc'))).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
});
