import { describe, expect, it } from 'vitest';
import { detectEncoding, guessLegacy, looksBinary, looksUtf32 } from './encoding.ts';
import { toUtf8 } from './utf8-text.ts';

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
  expect(looksBinary(Buffer.from([65, 0, 66]))).toBe(false);
  expect(looksBinary(Buffer.from([65, 0, 0, 0, 66]))).toBe(true);
  expect(looksBinary(Buffer.from([65, 66, 0, 0xe9, 67]))).toBe(true);
});

it('tells UTF-32 from UTF-16', () => {
  const text = 'name,age\nZoë,31\n';
  const wide = Buffer.alloc(4 * text.length);
  for (let at = 0; at < text.length; at++) wide.writeUInt32LE(text.charCodeAt(at), 4 * at);
  expect(looksUtf32(wide)).toBe(true);
  expect(looksUtf32(wide.swap32())).toBe(true);
  expect(looksUtf32(Buffer.from(text, 'utf16le'))).toBe(false);
  expect(looksUtf32(Buffer.from(text))).toBe(false);
});

describe('guessLegacy', () => {
  // 城市,北京,上海 and the like in GB 2312; 喆 and 镕 lie outside it.
  const chinese = Buffer.from('b3c7cad02ccad5c8eb0ab1b1bea92cc4d00ac9cfbaa32cc5ae0a86b42ce9460a', 'hex');

  it('takes Chinese for Chinese, a character cut off at its end or not', () => {
    expect(guessLegacy(chinese)).toBe('gb18030');
    expect(guessLegacy(Buffer.concat([chinese, Buffer.from('cfc3', 'hex').subarray(0, 1)]))).toBe('gb18030');
  });

  it.each([
    'Größe\n',
    'Köln,Zürich,Besançon\nMálaga,São Paulo\n',
    'INFORMAÇÃO,AÇÕES,ÁREA\nSÃO JOÃO\n',
    'naïve café,déjà vu,½ × 3 °C\n',
    '£ 12\n§ 4\n',
  ])('does not take %j in Latin-1 for Chinese', (text) => {
    expect(guessLegacy(Buffer.from(text, 'latin1'))).toBe('windows-1252');
  });

  it('goes by the lines that are not UTF-8', () => {
    expect(guessLegacy(Buffer.concat([Buffer.from('Zürich,北京\n'.repeat(9)), chinese]))).toBe('gb18030');
  });
});
