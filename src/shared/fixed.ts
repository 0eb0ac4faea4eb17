/** A figure with so many digits after the point and a real minus, which a value that rounds to nothing does without. */
export function fixed(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−');
}
