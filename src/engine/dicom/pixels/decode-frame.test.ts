import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { decodeFrame, decodesTransferSyntax } from './decode-frame.ts';
import type { ImagePixels } from './image-pixels.ts';

const mr: ImagePixels = {
  rows: 64,
  columns: 64,
  samplesPerPixel: 1,
  bitsAllocated: 16,
  bitsStored: 16,
  highBit: 15,
  signed: true,
  photometricInterpretation: 'MONOCHROME2',
  planar: false,
  frames: 1,
};

const colour: ImagePixels = {
  ...mr,
  rows: 100,
  columns: 100,
  samplesPerPixel: 3,
  bitsAllocated: 8,
  bitsStored: 8,
  highBit: 7,
  signed: false,
  photometricInterpretation: 'RGB',
};

const syntax = (end: string) => `1.2.840.10008.1.2.${end}`;

function fixture(name: string): Uint8Array {
  return readFileSync(new URL(`../../../../test/fixtures/dicom-frames/${name}`, import.meta.url));
}

async function samplesOf(end: string, image: ImagePixels, name: string) {
  return (await decodeFrame(syntax(end), image, fixture(name))).samples;
}

describe('compressed frames', () => {
  test.each([
    ['5', 'mr-small.rle'],
    ['4.80', 'mr-small.jls'],
    ['4.90', 'mr-small.j2k'],
    ['4.201', 'mr-small.jph'],
    ['4.203', 'mr-small.jph'],
  ])('lossless, of 16 signed bits: %s', async (end, name) => {
    const raw = fixture('mr-small.raw');
    const words = new Int16Array(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.length));
    expect(await samplesOf(end, mr, name)).toEqual(words);
  });

  test.each([
    ['5', 'colours.rle'],
    ['4.91', 'colours.j2k'],
    ['4.70', 'colours-lossless.jpg'],
    ['4.80', 'colours-planes.jls'],
  ])('lossless, in colour: %s', async (end, name) => {
    expect(await samplesOf(end, colour, name)).toEqual(new Uint8Array(fixture('colours.raw')));
  });

  // Hashes of what Pillow, which is libjpeg-turbo, decodes; where a data set says RGB and no marker does, of what GDCM does.
  test.each([
    ['colours-rgb.jpg', 100, 'RGB', 'e414aaca686695163b4fcca90cc4b0bf6aff59d70c036a39a446ebcbb53e3360'],
    [
      'colours-ybr-420.jpg',
      100,
      'YBR_FULL',
      'e0b1a561989d6f7148b4e4b0990c34751271852383a7135c8a620940f1744e06',
    ],
    ['colours-unmarked.jpg', 100, 'RGB', 'e42f7896adb9411aa7b29aa29acf7499c654c6ab484348287539f953271356f4'],
    ['unmarked-rgb.jpg', 256, 'RGB', 'be7aa556b206ac445bc4125d24213bfac8832980138d54ece2b90be6e3d63d74'],
    ['unmarked-rgb.jpg', 256, 'YBR_FULL', '4ac193d87bab91518e1ee47be19579f1907946445e332b8ef59469ff36a97b03'],
  ])(
    'lossy, in colour: %s of %i pixels said to be %s',
    async (name, side, photometricInterpretation, hash) => {
      const image = { ...colour, rows: side, columns: side, photometricInterpretation };
      const frame = await decodeFrame(syntax('4.50'), image, fixture(name));
      expect(frame.photometricInterpretation).toBe('RGB');
      expect(createHash('sha256').update(frame.samples).digest('hex')).toBe(hash);
    },
  );

  test('several frames decoded at once do not disturb one another', async () => {
    const frames = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        i % 2 ? samplesOf('4.90', mr, 'mr-small.j2k') : samplesOf('4.90', colour, 'colours.j2k'),
      ),
    );
    expect(frames[6]).toEqual(frames[0]);
    expect(frames[7]).toEqual(frames[1]);
  });

  test('frames that are not compressed at all, in fragments or deflated', async () => {
    const { deflateRawSync } = await import('node:zlib');
    const raw = fixture('colours.raw');
    const plain = await decodeFrame(syntax('1.98'), colour, raw);
    expect(plain.samples).toEqual(new Uint8Array(raw));
    const deflated = await decodeFrame(syntax('8.1'), colour, deflateRawSync(raw));
    expect(deflated.samples).toEqual(plain.samples);
  });

  test('transfer syntaxes that no codec knows, and JPEG of 12 bits, are refused by name', async () => {
    expect(decodesTransferSyntax(syntax('4.100'))).toBe(false);
    await expect(decodeFrame(syntax('4.100'), mr, new Uint8Array(9))).rejects.toThrow(AppError);
    const twelve = Uint8Array.from([255, 0xd8, 255, 0xc1, 0, 11, 12, 0, 64, 0, 64, 1, 1, 0x11, 0]);
    await expect(decodeFrame(syntax('4.51'), mr, twelve)).rejects.toMatchObject({
      said: { key: 'pixels_codec_unread', values: { syntax: 'JPEG Extended, 12 bit' } },
    });
  });

  test('an image of another size than stated is refused', async () => {
    for (const over of [{ rows: 63 }, { columns: 65 }, { samplesPerPixel: 3 }]) {
      await expect(samplesOf('4.90', { ...mr, ...over }, 'mr-small.j2k')).rejects.toThrow(AppError);
      await expect(samplesOf('4.80', { ...mr, ...over }, 'mr-small.jls')).rejects.toThrow(AppError);
    }
  });

  test('cut anywhere, a frame is refused or decoded to its full size, and the codec goes on working', async () => {
    const cases = [
      ['5', 'mr-small.rle', mr],
      ['4.80', 'mr-small.jls', mr],
      ['4.90', 'mr-small.j2k', mr],
      ['4.201', 'mr-small.jph', mr],
      ['4.50', 'colours-ybr-420.jpg', colour],
      ['4.70', 'colours-lossless.jpg', colour],
    ] as const;
    for (const [end, name, image] of cases) {
      const whole = fixture(name);
      const length = image.rows * image.columns * image.samplesPerPixel;
      for (let cut = 0; cut < whole.length; cut += 197) {
        await decodeFrame(syntax(end), image, whole.subarray(0, cut)).then(
          (frame) => {
            expect(frame.samples).toHaveLength(length);
          },
          (error: unknown) => {
            expect(error).toBeInstanceOf(AppError);
          },
        );
      }
      expect((await decodeFrame(syntax(end), image, whole)).samples).toHaveLength(length);
    }
  });

  test('bytes changed at random never end in anything but an image or a refusal', async () => {
    const change = fc.tuple(fc.nat(2000), fc.nat(255));
    const kind = fc.constantFrom(
      ['4.80', 'mr-small.jls', mr] as const,
      ['4.90', 'mr-small.j2k', mr] as const,
      ['4.50', 'colours-rgb.jpg', colour] as const,
      ['4.70', 'colours-lossless.jpg', colour] as const,
    );
    await fc.assert(
      fc.asyncProperty(
        kind,
        fc.array(change, { minLength: 1, maxLength: 4 }),
        async ([end, name, image], changes) => {
          const bytes = Uint8Array.from(fixture(name));
          for (const [at, value] of changes) bytes[at % bytes.length] = value;
          const out = await decodeFrame(syntax(end), image, bytes).catch((error: unknown) => error);
          if (!(out instanceof AppError)) expect(out).toHaveProperty('samples.length');
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);
});
