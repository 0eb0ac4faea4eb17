/** Growing bytes that text is written into, without a string per cell. */
const encoder = new TextEncoder();
const zero = 48;
const scratch = new Uint8Array(24);

export class ByteSink {
  bytes: Uint8Array;
  length = 0;

  constructor(capacity: number) {
    this.bytes = new Uint8Array(capacity);
  }

  /** What has been written; valid until the next write. */
  view(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
  }

  byte(value: number): void {
    if (this.length === this.bytes.length) this.grow(1);
    this.bytes[this.length++] = value;
  }

  copy(source: Uint8Array): void {
    const { length } = source;
    if (this.length + length > this.bytes.length) this.grow(length);
    if (length > 24) this.bytes.set(source, this.length);
    else {
      const { bytes, length: start } = this;
      for (let at = 0; at < length; at++) bytes[start + at] = source[at]!;
    }
    this.length += length;
  }

  /** Text of characters below 128. */
  ascii(text: string): void {
    const { length } = text;
    if (this.length + length > this.bytes.length) this.grow(length);
    const { bytes, length: start } = this;
    for (let at = 0; at < length; at++) bytes[start + at] = text.charCodeAt(at);
    this.length += length;
  }

  text(text: string): void {
    this.copy(encoder.encode(text));
  }

  /** A whole number; halves are rounded away from zero. */
  integer(value: number): void {
    if (value < 0) {
      const positive = Math.round(-value);
      if (positive > 0) this.byte(45);
      this.natural(positive);
    } else this.natural(Math.round(value));
  }

  /** `value` with at most `most` and at least `least` digits after `mark`, trailing zeros cut between the two. */
  decimal(value: number, most: number, least: number, mark: number): void {
    const power = powers[most] ?? 10 ** most;
    const scaled = Math.round(Math.abs(value) * power);
    if (scaled > Number.MAX_SAFE_INTEGER) {
      const digits = Number(value.toPrecision(15));
      this.ascii(mark === 46 ? String(digits) : String(digits).replace('.', String.fromCharCode(mark)));
      return;
    }
    if (value < 0 && scaled > 0) this.byte(45);
    const whole = Math.floor(scaled / power);
    this.natural(whole);
    let fraction = scaled - whole * power;
    let digits = most;
    while (digits > least && fraction % 10 === 0) {
      fraction /= 10;
      digits--;
    }
    if (digits === 0) return;
    if (this.length + digits + 1 > this.bytes.length) this.grow(digits + 1);
    this.bytes[this.length++] = mark;
    for (let at = this.length + digits - 1; at >= this.length; at--) {
      const rest = Math.floor(fraction / 10);
      this.bytes[at] = zero + fraction - rest * 10;
      fraction = rest;
    }
    this.length += digits;
  }

  /** `value` rounded to `digits` significant digits, with an exponent below 1e-6 and from 1e21 on. */
  significant(value: number, digits: number, mark: number): void {
    const text = String(Number(value.toPrecision(digits)));
    this.ascii(mark === 46 ? text : text.replace('.', String.fromCharCode(mark)));
  }

  private natural(value: number): void {
    if (value >= 1e21) {
      this.ascii(BigInt(value).toString());
      return;
    }
    let at = 24;
    let left = value;
    while (left > 0x7fffffff) {
      const rest = Math.floor(left / 10);
      scratch[--at] = zero + (left - rest * 10);
      left = rest;
    }
    let small = left | 0;
    do {
      const rest = (small / 10) | 0;
      scratch[--at] = zero + small - rest * 10;
      small = rest;
    } while (small > 0);
    const digits = 24 - at;
    if (this.length + digits > this.bytes.length) this.grow(digits);
    const { bytes, length: start } = this;
    for (let digit = 0; digit < digits; digit++) bytes[start + digit] = scratch[at + digit]!;
    this.length += digits;
  }

  private grow(needed: number): void {
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.length + needed));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }
}

const powers = Array.from({ length: 16 }, (_, exponent) => 10 ** exponent);
