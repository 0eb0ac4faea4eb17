/** Writing through an encrypting stream, block by block, with the drive's faults coming back to whoever writes. */

/** Turns a stream of plain bytes into a stream of encrypted ones. */
export type Seal = (plain: ReadableStream<Uint8Array>) => Promise<ReadableStream<Uint8Array>>;

export interface SealedWriter {
  /** Takes a block and may keep no reference to it. Throws what `write` of the drive throws. */
  write(block: Uint8Array): Promise<void>;
  /** Nothing follows: resolves once all of it has been written. */
  end(): Promise<void>;
  /** Lets go of everything; harmless after `end`. */
  abandon(): Promise<void>;
}

/** At most a block and what the cipher holds (64 KiB) are in memory. */
export function sealedWriter(seal: Seal, toDrive: (block: Uint8Array) => Promise<void>): SealedWriter {
  const plain = new TransformStream<Uint8Array, Uint8Array>();
  const writer = plain.writable.getWriter();
  let failure: { error: unknown } | undefined;
  const pump = (async (): Promise<void> => {
    for await (const block of await seal(plain.readable)) await toDrive(block);
  })().catch((error: unknown) => {
    failure = { error };
    // Whoever waits to write hears of it.
    return writer.abort(error).catch(() => undefined);
  });
  writer.closed.catch(() => undefined);
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      throw failure ? failure.error : error;
    }
    if (failure) throw failure.error;
  };
  let ended = false;
  return {
    // The stream may hold on to the block: it gets one of its own.
    write: (block) => attempt(() => writer.write(block.slice())),
    end: () =>
      attempt(async () => {
        ended = true;
        await writer.close();
        await pump;
      }),
    abandon: async () => {
      if (!ended) await writer.abort().catch(() => undefined);
      await pump;
    },
  };
}
