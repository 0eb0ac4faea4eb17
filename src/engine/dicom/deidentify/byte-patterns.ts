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

interface Pattern<T> {
  readonly bytes: Uint8Array;
  readonly of: T;
}

export class BytePatterns<T> {
  /** By their first four bytes. */
  readonly #byHead = new Map<number, Pattern<T>[]>();
  /** Whether a pattern begins with these two bytes, in any case. */
  readonly #heads = new Uint8Array(65536 / 8);

  /** @param bytes four or more. */
  add(bytes: Uint8Array, of: T): void {
    const folded = new Uint8Array(bytes.length);
    for (let i = 0; i < bytes.length; i++) folded[i] = lower[bytes[i] ?? 0] ?? 0;
    const [a = 0, b = 0, c = 0, d = 0] = folded;
    const head = (a << 24) | (b << 16) | (c << 8) | d;
    const pattern = { bytes: folded, of };
    const known = this.#byHead.get(head);
    if (known?.some((other) => other.of === of && Buffer.compare(other.bytes, folded) === 0)) return;
    if (known) known.push(pattern);
    else this.#byHead.set(head, [pattern]);
    for (const one of cases[a] ?? []) for (const two of cases[b] ?? []) this.#mark((one << 8) | two);
  }

  /** Calls `onHit` for each place where a pattern stands, in the order of the bytes. */
  scan(bytes: Uint8Array, onHit: (of: T, at: number, length: number) => void): void {
    if (this.#byHead.size === 0) return;
    const heads = this.#heads;
    const last = bytes.length - 4;
    let pair = bytes[0] ?? 0;
    for (let at = 0; at <= last; at++) {
      pair = ((pair << 8) | (bytes[at + 1] ?? 0)) & 0xffff;
      if (((heads[pair >> 3] ?? 0) >> (pair & 7)) & 1) this.#look(bytes, at, onHit);
    }
  }

  #mark(pair: number): void {
    this.#heads[pair >> 3] = (this.#heads[pair >> 3] ?? 0) | (1 << (pair & 7));
  }

  #look(bytes: Uint8Array, at: number, onHit: (of: T, at: number, length: number) => void): void {
    const folded = (i: number) => lower[bytes[at + i] ?? 0] ?? 0;
    const head = (folded(0) << 24) | (folded(1) << 16) | (folded(2) << 8) | folded(3);
    for (const { bytes: pattern, of } of this.#byHead.get(head) ?? []) {
      if (at + pattern.length > bytes.length) continue;
      let i = 4;
      while (i < pattern.length && folded(i) === pattern[i]) i++;
      if (i === pattern.length) onHit(of, at, pattern.length);
    }
  }
}
