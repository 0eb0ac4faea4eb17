import type { DicomImage } from '../../shared/dicom.ts';
import { bytesOf } from './paint-image.ts';

/** Images by name, fetched once and kept until there are too many; those longest not looked at go first. */
export class ImageCache {
  readonly #most: number;
  readonly #kept = new Map<string, DicomImage>();
  readonly #asked = new Map<string, Promise<DicomImage>>();
  #bytes = 0;

  /** @param most Bytes. */
  constructor(most: number) {
    this.#most = most;
  }

  /** How many are on their way. */
  get pending(): number {
    return this.#asked.size;
  }

  get(name: string): DicomImage | undefined {
    const image = this.#kept.get(name);
    if (image) {
      this.#kept.delete(name);
      this.#kept.set(name, image);
    }
    return image;
  }

  has(name: string): boolean {
    return this.#kept.has(name) || this.#asked.has(name);
  }

  /** The image, from here or by `fetch`, which is not called while it is on its way. */
  async ask(name: string, fetch: () => Promise<DicomImage>): Promise<DicomImage> {
    const kept = this.get(name);
    if (kept) return kept;
    let asked = this.#asked.get(name);
    if (!asked) {
      asked = fetch()
        .then((image) => {
          this.#keep(name, image);
          return image;
        })
        .finally(() => this.#asked.delete(name));
      this.#asked.set(name, asked);
    }
    return asked;
  }

  #keep(name: string, image: DicomImage): void {
    this.#kept.set(name, image);
    this.#bytes += bytesOf(image);
    for (const [oldest, one] of this.#kept) {
      if (this.#bytes <= this.#most || oldest === name) return;
      this.#kept.delete(oldest);
      this.#bytes -= bytesOf(one);
    }
  }
}
