/** The map from what was to what stands for it, as CSV with the columns that MIDI-B asks for. */
import type { PairKind } from './pseudonyms.ts';

/**
 * Collects pairs, each once, and writes them sorted. A Patient ID that two issuers have given to two patients stands in
 * two pairs.
 */
export class PseudonymMap {
  /** Old and new with a zero between, which no new one has: it sorts before all else. */
  readonly #pairs: Readonly<Record<PairKind, Set<string>>> = { patient: new Set(), uid: new Set() };

  add(kind: PairKind, old: string, made: string): void {
    this.#pairs[kind].add(`${old}\0${made}`);
  }

  /** RFC 4180 with the header `id_old,id_new`. */
  csv(kind: PairKind): string {
    const lines = [...this.#pairs[kind]].sort().map((pair) => {
      const at = pair.lastIndexOf('\0');
      return [pair.slice(0, at), pair.slice(at + 1)].map(quoted).join(',');
    });
    return ['id_old,id_new', ...lines, ''].join('\r\n');
  }
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
