/**
 * A name cut in the middle to at most `most` characters, since the ends of names tell them apart.
 * Counts code points, so that no character is torn apart.
 */
export function cutMiddle(name: string, most: number): string {
  const letters = Array.from(name);
  if (letters.length <= most) return name;
  if (most <= 1) return '…';
  const tail = Math.floor((most - 1) / 2);
  const head = most - 1 - tail;
  return `${letters.slice(0, head).join('')}…${tail === 0 ? '' : letters.slice(-tail).join('')}`;
}

/**
 * A name in two parts for a line whose width only the browser knows: the head may be cut, the tail stays.
 * Short names have no tail.
 */
export function cutParts(name: string, tailLength = 9): { head: string; tail: string } {
  const letters = Array.from(name);
  if (letters.length < tailLength * 2) return { head: name, tail: '' };
  return { head: letters.slice(0, -tailLength).join(''), tail: letters.slice(-tailLength).join('') };
}

/** A name as one line: where it breaks, a sign says so. */
export function oneLine(name: string): string {
  return name.replaceAll(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/g, '↵').replaceAll('\t', '⇥');
}

/** The last part of a path, whichever system wrote it. */
export function fileName(path: string): string {
  const name = path.split(/[\\/]/).at(-1) ?? '';
  return name === '' ? path : name;
}

/** The folder of a path, without the file. */
export function folderOf(path: string): string {
  const name = fileName(path);
  return path.slice(0, Math.max(0, path.length - name.length - 1));
}
