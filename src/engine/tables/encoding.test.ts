import { describe, expect, it } from 'vitest';
import { detectEncoding, looksBinary, toUtf8 } from './encoding.ts';

async function decode(bytes: Buffer, encoding: Parameters<typeof toUtf8>[1], cut: number): Promise<string> {
  const blocks = async function* () {
    for (let at = 0; at < bytes.length; at += cut) yield bytes.subarray(at, at + cut);
  };
  const parts: Buffer[] = [];
  for await (const part of toUtf8(blocks(), encoding)) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

describe('detectEncoding', () => {
  it('reads byte order marks', () => {
    expect(detectEncoding(Buffer.from('\ufeffa'), true)).toEqual({
      encoding: 'utf-8',
      guessed: false,
      skip: 3,
    });
    expect(detectEncoding(Buffer.from('\ufeffa', 'utf16le'), true)).toMatchObject({
      encoding: 'utf-16le',
      skip: 2,
    });
    expect(detectEncoding(Buffer.from('\ufeffa', 'utf16le').swap16(), true)).toMatchObject({
      encoding: 'utf-16be',
      skip: 2,
    });
  });

  it('recognises UTF-16 without a mark', () => {
    expect(detectEncoding(Buffer.from('name,age\nAnn,31\n', 'utf16le'), true)).toEqual({
      encoding: 'utf-16le',
      guessed: true,
      skip: 0,
    });
  });

  it('does not take a character cut off by the end of the head for a fault', () => {
    const head = Buffer.from('Größe').subarray(0, 3);
    expect(detectEncoding(head, false).encoding).toBe('utf-8');
    expect(detectEncoding(head, true).encoding).toBe('windows-1252');
  });
});

describe('toUtf8', () => {
  it.each([1, 2, 3, 64])('decodes Windows-1252 with its own letters, in blocks of %i', async (cut) => {
    // 0x80 is the euro sign, 0x93 and 0x94 curly quotes: Latin-1 has control characters there.
    expect(await decode(Buffer.from([0x80, 0x93, 0xfc, 0x94, 0x0a]), 'windows-1252', cut)).toBe('€“ü”\n');
  });

  it.each([1, 3, 5])('decodes UTF-16 across blocks of %i', async (cut) => {
    expect(await decode(Buffer.from('Łódź 🙂', 'utf16le'), 'utf-16le', cut)).toBe('Łódź 🙂');
  });
});

it('tells binary data from text', () => {
  expect(looksBinary(Buffer.from('a,b\r\n1\t2\n'))).toBe(false);
  expect(looksBinary(Buffer.from([1, 2, 3, 4, 5, 65]))).toBe(true);
  expect(looksBinary(Buffer.from([65, 0, 66]))).toBe(true);
});
