/** Bytes collected piece by piece, without copying before all are there. */
export class Chunks {
  readonly #chunks: Uint8Array[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(...chunks: readonly Uint8Array[]): void {
    for (const chunk of chunks) this.#push(chunk);
  }

  append(other: Chunks): void {
    for (const chunk of other.#chunks) this.#push(chunk);
  }

  #push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.#length += chunk.length;
  }

  /** Those that were added, in their order; parts of a file that was read among them. */
  get list(): readonly Uint8Array[] {
    return this.#chunks;
  }

  /** @throws RangeError above what one array can hold, which is more than four gigabytes. */
  joined(): Uint8Array {
    const bytes = new Uint8Array(this.#length);
    let position = 0;
    for (const chunk of this.#chunks) {
      bytes.set(chunk, position);
      position += chunk.length;
    }
    return bytes;
  }
}
