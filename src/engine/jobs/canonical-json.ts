/**
 * The one way to write a JSON value that a signature can be over, after RFC 8785 (JSON Canonicalization Scheme):
 * members sorted by the UTF-16 code units of their names, no space, numbers and text as ECMAScript writes them.
 * Members that are undefined are left out.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  const text: unknown = JSON.stringify(value);
  if (typeof text !== 'string' || (typeof value === 'number' && !Number.isFinite(value))) {
    throw new TypeError('This value has no JSON.');
  }
  return text;
}
