/** Which fragments of encapsulated Pixel Data make up which frame (PS3.5 section A.4). */
import { AppError } from '../../../shared/errors.ts';
import type { ByteRange } from '../read/data-set.ts';

/** Encapsulated Pixel Data. */
export interface Encapsulated {
  readonly fragments: readonly ByteRange[];
  /** Offsets of the frames from the header of the first fragment on; empty where the file has no table. */
  readonly offsets: readonly number[];
}

const itemHeader = 8;

/**
 * The fragments of each frame: by the offset table where there is one that fits, else one fragment a frame, else a new
 * frame after each fragment that ends a JPEG stream.
 *
 * @throws source/malformed where none of this gives as many frames as stated.
 */
export function frameFragments(
  bytes: Uint8Array,
  { fragments, offsets }: Encapsulated,
  frames: number,
): readonly (readonly ByteRange[])[] {
  if (frames === 1 && fragments.length > 0) return [fragments];
  if (fragments.length === frames) return fragments.map((fragment) => [fragment]);
  const byTable = offsets.length === frames ? split(fragments, startsAt(fragments, offsets)) : [];
  if (byTable.length === frames) return byTable;
  const byEnd = split(fragments, (i) => i === 0 || endsStream(bytes, fragments[i - 1]));
  if (byEnd.length === frames) return byEnd;
  throw AppError.of('source/malformed', 'pixels_frames_unclear', { frames });
}

function startsAt(fragments: readonly ByteRange[], offsets: readonly number[]): (index: number) => boolean {
  const first = (fragments[0]?.start ?? 0) - itemHeader;
  const starts = new Set(offsets.map((offset) => first + offset + itemHeader));
  return (index) => starts.has(fragments[index]?.start ?? -1);
}

function split(fragments: readonly ByteRange[], begins: (index: number) => boolean): ByteRange[][] {
  const out: ByteRange[][] = [];
  fragments.forEach((fragment, i) => {
    const last = out.at(-1);
    if (begins(i) || !last) out.push([fragment]);
    else last.push(fragment);
  });
  return out;
}

/** Whether a fragment ends with the marker FFD9, but for one byte of padding. */
function endsStream(bytes: Uint8Array, fragment: ByteRange | undefined): boolean {
  if (!fragment) return false;
  return [2, 3].some((back) => {
    const at = fragment.end - back;
    return at >= fragment.start && bytes[at] === 0xff && bytes[at + 1] === 0xd9;
  });
}

/** The fragments of a frame as one. */
export function joined(bytes: Uint8Array, ranges: readonly ByteRange[]): Uint8Array {
  const [only] = ranges;
  if (only && ranges.length === 1) return bytes.subarray(only.start, only.end);
  return Uint8Array.from(Buffer.concat(ranges.map(({ start, end }) => bytes.subarray(start, end))));
}
