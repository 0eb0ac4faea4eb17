import type { Column } from '../tables/table.ts';

/** The rows of `above` followed by those of `below`, column by column; categories are matched by name. */
export function stackColumns(above: readonly Column[], below: readonly Column[]): Column[] {
  return above.map((upper, index) => stackColumn(upper, below[index]));
}

function stackColumn(upper: Column, lower: Column | undefined): Column {
  if (upper.type === 'number' && lower?.type === 'number') {
    const values = new Float64Array(upper.values.length + lower.values.length);
    values.set(upper.values);
    values.set(lower.values, upper.values.length);
    return { type: 'number', name: upper.name, values };
  }
  if (upper.type === 'category' && lower?.type === 'category') {
    const codeOf = new Map(upper.categories.map((name, code) => [name, code]));
    const categories = [...upper.categories];
    const lookup = Int32Array.from(lower.categories, (name) => {
      const known = codeOf.get(name);
      if (known !== undefined) return known;
      codeOf.set(name, categories.length);
      return categories.push(name) - 1;
    });
    const codes = new Int32Array(upper.codes.length + lower.codes.length);
    codes.set(upper.codes);
    const start = upper.codes.length;
    for (let row = 0; row < lower.codes.length; row++) {
      const code = lower.codes[row]!;
      codes[start + row] = code < 0 ? -1 : lookup[code]!;
    }
    return { type: 'category', name: upper.name, codes, categories };
  }
  throw new TypeError('Only columns of the same type can be stacked.');
}
