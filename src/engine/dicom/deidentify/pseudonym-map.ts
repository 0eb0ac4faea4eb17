/** The map from what was to what stands for it, as CSV with the columns that MIDI-B asks for. */
import type { PairKind } from './pseudonyms.ts';

/** Collects pairs, each once, and writes them sorted. */
export class PseudonymMap {
  readonly #pairs: Readonly<Record<PairKind, Map<string, string>>> = { patient: new Map(), uid: new Map() };

  add(kind: PairKind, old: string, made: string): void {
    this.#pairs[kind].set(old, made);
  }

  /** RFC 4180 with the header `id_old,id_new`. */
  csv(kind: PairKind): string {
    const lines = [...this.#pairs[kind]]
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map((pair) => pair.map(quoted).join(','));
    return ['id_old,id_new', ...lines, ''].join('\r\n');
  }
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
