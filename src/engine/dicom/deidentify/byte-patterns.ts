/** Many byte strings sought at once, in any case of Latin-1 letters: one pass, whatever their number. */

/** Bytes in lower case. */
const lower = Uint8Array.from({ length: 256 }, (_, byte) => {
  const isCapital = (byte >= 0x41 && byte <= 0x5a) || (byte >= 0xc0 && byte <= 0xde && byte !== 0xd7);
  return isCapital ? byte + 0x20 : byte;
});

/** Every byte with those that are it in lower case. */
const cases: readonly (readonly number[])[] = Array.from({ length: 256 }, (_, byte) =>
  Array.from(lower.keys()).filter((other) => lower[other] === byte),
);

/** Four bytes in lower case. */
function headOf(bytes: Uint8Array, at: number): number {
  const folded = (i: number) => lower[bytes[at + i] ?? 0] ?? 0;
  return (folded(0) << 24) | (folded(1) << 16) | (folded(2) << 8) | folded(3);
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
    for (let i = 0; i < 3; i++) this.#mark(folded[i] ?? 0, folded[i + 1] ?? 0);
  }

  /** Calls `onHit` for each place where a pattern stands, in the order of the bytes. */
  scan(bytes: Uint8Array, onHit: (of: T, at: number, length: number) => void): void {
    if (this.#byHead.size === 0) return;
    const pairs = this.#pairs;
    const last = bytes.length - 4;
    // Of four bytes, one of the three pairs lies at every third place.
    for (let at = 2; at - 2 <= last; at += 3) {
      const pair = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
      if ((((pairs[pair >> 3] ?? 0) >> (pair & 7)) & 1) === 0) continue;
      for (let start = at - 2; start <= at && start <= last; start++) this.#look(bytes, start, onHit);
    }
  }

  /** @param a and `b` in lower case. */
  #mark(a: number, b: number): void {
    for (const one of cases[a] ?? []) {
      for (const two of cases[b] ?? []) {
        const pair = (one << 8) | two;
        this.#pairs[pair >> 3] = (this.#pairs[pair >> 3] ?? 0) | (1 << (pair & 7));
      }
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
