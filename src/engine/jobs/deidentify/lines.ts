/** Lines of a text file, one after the other, without holding all of it. */
import { readSync } from 'node:fs';

const block = 64 * 1024;
const newline = 0x0a;

/**
 * Lines between two places of an open file, without their ends; what follows the last end is a line as well.
 *
 * @param end Bytes at most from the beginning of the file.
 */
export function* linesOf(descriptor: number, start = 0, end = Infinity): Generator<string> {
  const buffer = Buffer.alloc(block);
  let rest: Buffer[] = [];
  for (let at = start; at < end;) {
    const count = readSync(descriptor, buffer, 0, Math.min(block, end - at), at);
    if (count === 0) break;
    at += count;
    let from = 0;
    for (let to = buffer.indexOf(newline); to >= 0 && to < count; to = buffer.indexOf(newline, from)) {
      yield Buffer.concat([...rest, buffer.subarray(from, to)]).toString('utf8');
      rest = [];
      from = to + 1;
    }
    if (from < count) rest.push(Buffer.from(buffer.subarray(from, count)));
  }
  if (rest.length > 0) yield Buffer.concat(rest).toString('utf8');
}
