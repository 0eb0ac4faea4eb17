import fc from 'fast-check';
import { crc32, inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { encodePng } from './png.ts';
import type { Picture } from './render.ts';

/** Reads what the encoder writes by the standard's rules, for the filters 0 and 2 alone. */
function decoded(file: Uint8Array): { rows: number; columns: number; colours: number; samples: number[] } {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const chunks = new Map<string, Uint8Array>();
  for (let at = 8; at < file.length;) {
    const length = view.getUint32(at);
    const type = new TextDecoder().decode(file.subarray(at + 4, at + 8));
    expect(view.getUint32(at + 8 + length)).toBe(crc32(file.subarray(at + 4, at + 8 + length)));
    chunks.set(type, file.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  expect([...chunks.keys()]).toEqual(['IHDR', 'IDAT', 'IEND']);
  const header = chunks.get('IHDR') ?? new Uint8Array();
  const size = new DataView(header.buffer, header.byteOffset);
  const [columns, rows, colours] = [size.getUint32(0), size.getUint32(4), header[9] === 2 ? 3 : 1];
  const lines = inflateSync(chunks.get('IDAT') ?? new Uint8Array());
  const samples: number[] = [];
  for (let row = 0; row < rows; row++) {
    const start = row * (1 + columns * colours);
    for (let i = 0; i < columns * colours; i++) {
      const above = lines[start] === 2 && row > 0 ? (samples[(row - 1) * columns * colours + i] ?? 0) : 0;
      samples.push(((lines[start + 1 + i] ?? 0) + above) & 255);
    }
  }
  return { rows, columns, colours, samples };
}

const picture = fc
  .record({
    rows: fc.integer({ min: 1, max: 9 }),
    columns: fc.integer({ min: 1, max: 9 }),
    grey: fc.boolean(),
  })
  .chain(({ rows, columns, grey }) =>
    fc.uint8Array({ minLength: 4 * rows * columns, maxLength: 4 * rows * columns }).map((bytes): Picture => ({
      rows,
      columns,
      rgba: Uint8ClampedArray.from(bytes, (byte, i) => (grey ? (bytes[i - (i % 4)] ?? 0) : byte)),
    })),
  );

test('a picture is read again as it was', () => {
  fc.assert(
    fc.property(picture, ({ rows, columns, rgba }) => {
      const found = decoded(encodePng({ rows, columns, rgba }));
      expect([found.rows, found.columns]).toEqual([rows, columns]);
      const wanted = [...rgba].filter((_, i) => i % 4 < found.colours);
      expect(found.samples).toEqual(wanted);
    }),
  );
});
