/** Python's codecs write what we must be able to read. Skipped, loudly, without a Python. */
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectEncoding, type Encoding } from './encoding.ts';
import { headToUtf8, noNotes, toUtf8 } from './utf8-text.ts';

async function decode(bytes: Buffer, encoding: Encoding, cut = 1 << 20) {
  const blocks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += cut) blocks.push(bytes.subarray(at, at + cut));
  const notes = noNotes();
  const parts: Buffer[] = [];
  for await (const part of toUtf8(blocks, encoding, notes)) parts.push(part);
  return { text: Buffer.concat(parts).toString('utf8'), notes };
}

const python = ['python3', 'python'].find((name) => spawnSync(name, ['-c', '']).status === 0);
if (python === undefined)
  console.warn('SKIPPED: there is no Python, so decoding is not compared with its codecs.');

/** The text as Python writes it in `codec`. */
function encoded(text: string, codec: string): Buffer {
  const script =
    'import sys; sys.stdout.buffer.write(sys.stdin.buffer.read().decode("utf-8").encode(sys.argv[1]))';
  const { status, stdout } = spawnSync(python ?? 'python3', ['-c', script, codec], { input: text });
  if (status !== 0) throw new Error(`Python cannot write this in ${codec}.`);
  return stdout;
}

const western = 'name,prix\nZoë,12 €\nFrançois „Größe“,½\n';
const chinese = '城市,性别,年份\n北京,女,2020年\n上海,男,2021年\n镕喆㐀𠀀,女,\n';

describe.skipIf(python === undefined)('reads what Python writes:', () => {
  it.each([
    ['utf-8', chinese, 'utf-8'],
    ['utf-8-sig', chinese, 'utf-8'],
    ['utf-16', western, 'utf-16le'],
    ['utf-16-le', western, 'utf-16le'],
    ['utf-16-be', western, 'utf-16be'],
    ['cp1252', western, 'windows-1252'],
    ['gb18030', chinese, 'gb18030'],
    ['gb2312', '城市,性别\n北京,女\n上海,男\n', 'gb18030'],
    ['gbk', '城市,性别\n北京,女\n镕喆,男\n', 'gb18030'],
  ] as const)('%s', async (codec, text, encoding) => {
    const bytes = encoded(text, codec);
    const detected = detectEncoding(bytes, true);
    expect(detected.encoding).toBe(encoding);
    const content = bytes.subarray(detected.skip);
    for (const cut of [1, 3, 7, 4096]) expect((await decode(content, encoding, cut)).text).toBe(text);
    expect(headToUtf8(bytes, encoding, detected.skip).toString('utf8')).toBe(text);
  });

  it('every character both have, in GB 18030', async () => {
    // One to a line, so that a fault in one does not hide others; in blocks, so that lines are cut.
    const characters: string[] = [];
    for (let point = 0xa1; point < 0x30000; point += point < 0x2000 ? 1 : 7) {
      const isPrivate = (point >= 0xe000 && point <= 0xf8ff) || (point >= 0xd800 && point <= 0xdfff);
      // The four code points that GB 18030 moved in 2022.
      if (!isPrivate && !(point >= 0xfe10 && point <= 0xfe19) && !(point >= 0x9fb4 && point <= 0x9fbb))
        characters.push(String.fromCodePoint(point));
    }
    const text = characters.map((character) => `北京,${character}年\n`).join('');
    const { text: read, notes } = await decode(encoded(text, 'gb18030'), 'gb18030', 1000);
    const lines = read.split('\n');
    const wrong = text
      .split('\n')
      .filter((line, at) => line !== lines[at] && !/[\u1e3f\u20ac\u01f9]/.test(line));
    expect(wrong).toEqual([]);
    expect(notes.utf8.count).toBe(0);
  });
});

describe('text of several encodings', () => {
  const line = (text: string, encoding: 'latin1' | 'utf8') => Buffer.from(text, encoding);

  it('is read line by line', async () => {
    const bytes = Buffer.concat([
      line('town\n', 'utf8'),
      line('Köln\n', 'latin1'),
      line('Zürich\n', 'utf8'),
      line('Bern\n', 'utf8'),
      line('Málaga\n', 'latin1'),
    ]);
    for (const cut of [1, 5, 100]) {
      const { text, notes } = await decode(bytes, 'windows-1252', cut);
      expect(text).toBe('town\nKöln\nZürich\nBern\nMálaga\n');
      expect(notes).toEqual({ utf8: { count: 1, first: 3 }, legacy: { count: 2, first: 2 }, zeros: 0 });
    }
  });

  it('is read line by line where the old encoding is Chinese, short lines too', async () => {
    // 女 in GB 18030 is c5 ae, which is also a letter in UTF-8.
    const bytes = Buffer.concat([
      Buffer.from('c5ae0a', 'hex'),
      line('北京,女\n', 'utf8'),
      Buffer.from('b1b1bea92cc5ae0a', 'hex'),
      line('上海市,男\n', 'utf8'),
    ]);
    const { text, notes } = await decode(bytes, 'gb18030');
    expect(text).toBe('女\n北京,女\n北京,女\n上海市,男\n');
    expect(notes.utf8).toEqual({ count: 2, first: 2 });
  });

  it('is read whatever its line ends and however long its lines', async () => {
    expect((await decode(line('é,1\rö,2\r', 'latin1'), 'windows-1252', 2)).text).toBe('é,1\rö,2\r');
    const long = Buffer.alloc(2 ** 22 + 100, line('ü, ', 'latin1'));
    const { text } = await decode(long, 'windows-1252');
    expect(text.length).toBe(long.length);
    expect(text.includes('\ufffd')).toBe(false);
  });

  it('is the same text in one block or many', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom<Encoding>('windows-1252', 'gb18030', 'utf-16le', 'utf-8'),
        async (bytes, cut, encoding) => {
          const whole = await decode(Buffer.from(bytes), encoding);
          expect(await decode(Buffer.from(bytes), encoding, cut)).toEqual(whole);
        },
      ),
    );
  });
});

it('leaves zero bytes out and counts them', async () => {
  const { text, notes } = await decode(Buffer.from('a\0,b\0\0\nZ\0ürich'), 'utf-8');
  expect(text).toBe('a,b\nZürich');
  expect(notes.zeros).toBe(4);
});
