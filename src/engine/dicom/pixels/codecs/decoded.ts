/** What a codec makes of a compressed frame, before the data set says what the bits mean. */
export interface Decoded {
  readonly rows: number;
  readonly columns: number;
  readonly components: number;
  /** Unsigned, pixel by pixel, the colours of a pixel side by side. */
  readonly samples: Uint8Array | Uint16Array;
}
