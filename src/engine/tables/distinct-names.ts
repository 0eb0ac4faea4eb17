/**
 * Names for columns where two that differ only in the case of Latin letters count as one, as in SQLite and DuckDB: the
 * second “AGE” beside “age” becomes “AGE_2”. Names that are there already are left to their columns.
 */
export function distinctNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  const others = new Set(names.map(folded));
  return names.map((wanted) => {
    let name = wanted;
    for (let count = 2; taken.has(folded(name));) {
      do name = `${wanted}_${count++}`;
      while (others.has(folded(name)));
    }
    taken.add(folded(name));
    return name;
  });
}

const folded = (name: string): string => name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
