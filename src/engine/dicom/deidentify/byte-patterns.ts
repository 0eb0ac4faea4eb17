/** Many byte strings sought at once, in any case of Latin-1 letters: one pass, whatever their number. */

/** Bytes in lower case. */
const lower = Uint8Array.from({ length: 256 }, (_, byte) => {
  const isCapital = (byte >= 0x41 && byte <= 0x5a) || (byte >= 0xc0 && byte <= 0xde && byte !== 0xd7);
  return isCapital ? byte + 0x20 : byte;
});

/** Two bytes in lower case. */
function pairOf(bytes: Uint8Array, at: number): number {
  return ((lower[bytes[at] ?? 0] ?? 0) << 8) | (lower[bytes[at + 1] ?? 0] ?? 0);
}

/** Four bytes in lower case. */
function headOf(bytes: Uint8Array, at: number): number {
  return (pairOf(bytes, at) << 16) | pairOf(bytes, at + 2);
}

interface Pattern<T> {
  readonly bytes: Uint8Array;
  readonly of: T;
}

export class BytePatterns<T> {
  /** By their first four bytes. */
  readonly #byHead = new Map<number, Pattern<T>[]>();
  /** Whether these two bytes, in any case, are among the first four of a pattern. */
  readonly #pairs = new Uint8Array(65536 / 8);

  /** @param bytes four or more. */
  add(bytes: Uint8Array, of: T): void {
    const folded = new Uint8Array(bytes.length);
    for (let i = 0; i < bytes.length; i++) folded[i] = lower[bytes[i] ?? 0] ?? 0;
    const head = headOf(folded, 0);
    const pattern = { bytes: folded, of };
    const known = this.#byHead.get(head);
    if (known?.some((other) => other.of === of && Buffer.compare(other.bytes, folded) === 0)) return;
    if (known) known.push(pattern);
    else this.#byHead.set(head, [pattern]);
    for (let i = 0; i < 3; i++) {
      const pair = pairOf(folded, i);
      this.#pairs[pair >> 3] = (this.#pairs[pair >> 3] ?? 0) | (1 << (pair & 7));
    }
  }

  /** Calls `onHit` for each place where a pattern stands, in the order of the bytes. */
  scan(bytes: Uint8Array, onHit: (of: T, at: number, length: number) => void): void {
    if (this.#byHead.size === 0) return;
    const pairs = this.#pairs;
    const last = bytes.length - 4;
    // Of four bytes, one of the three pairs lies at every third place.
    for (let at = 2; at - 2 <= last; at += 3) {
      const pair = pairOf(bytes, at);
      if ((((pairs[pair >> 3] ?? 0) >> (pair & 7)) & 1) === 0) continue;
      for (let start = at - 2; start <= at && start <= last; start++) this.#look(bytes, start, onHit);
    }
  }

  #look(bytes: Uint8Array, at: number, onHit: (of: T, at: number, length: number) => void): void {
    const known = this.#byHead.get(headOf(bytes, at));
    if (!known) return;
    for (const { bytes: pattern, of } of known) {
      if (at + pattern.length > bytes.length) continue;
      let i = 4;
      while (i < pattern.length && lower[bytes[at + i] ?? 0] === pattern[i]) i++;
      if (i === pattern.length) onHit(of, at, pattern.length);
    }
  }
}
