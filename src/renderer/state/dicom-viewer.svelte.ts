import type { DicomImage, DicomSeries, DicomTag, GreyWindow } from '../../shared/dicom.ts';
import type { ErrorShape } from '../../shared/errors.ts';
import { errorShapeOf, type Client } from './client.ts';
import { ImageCache } from './image-cache.ts';

/** Images kept for scrolling to and fro, in bytes. */
const keptBytes = 256 * 2 ** 20;
/** How many are fetched ahead, most of them in the direction of scrolling. */
const ahead = 12;
const behind = 3;
const atOnce = 3;
const [leastZoom, mostZoom] = [0.25, 16];

/** One series looked at: which image, through what window, how large, where. */
export class DicomViewer {
  series = $state.raw<DicomSeries | null>(null);
  /** Place of the image; of a file with several frames, the frame. */
  position = $state(0);
  image = $state.raw<DicomImage | null>(null);
  error = $state.raw<ErrorShape | null>(null);
  /** Chosen by hand; null is what each image asks for. */
  window = $state.raw<GreyWindow | null>(null);
  inverted = $state(false);
  zoom = $state(1);
  pan = $state.raw({ x: 0, y: 0 });
  tags = $state.raw<DicomTag[] | null>(null);
  /** Frames of the file, where the series is a single file. */
  #frames = $state(1);
  #direction = 1;
  #tagsOf = '';
  #images = new ImageCache(keptBytes);
  readonly #client: Client;
  readonly #projectId: string;

  constructor(client: Client, projectId: string) {
    this.#client = client;
    this.#projectId = projectId;
  }

  /** Images of the series, or frames of its only file. */
  readonly count = $derived.by(() => {
    const instances = this.series?.instances ?? 0;
    return instances === 1 ? this.#frames : instances;
  });
  /** Place of the file in its series. */
  readonly index = $derived(this.series?.instances === 1 ? 0 : this.position);
  /** Window in use, for the corner of the picture. */
  readonly shownWindow = $derived(this.image?.kind === 'grey' ? (this.window ?? this.image.window) : null);

  open(series: DicomSeries): void {
    if (this.series?.ref === series.ref) return;
    this.series = series;
    this.#frames = 1;
    this.image = null;
    this.reset();
    // The middle says most of a volume.
    this.position = series.instances > 1 ? series.instances >> 1 : 0;
    void this.#show();
  }

  /** More files of the series have been found: what stands where may be another. */
  update(series: DicomSeries): void {
    if (this.series?.ref !== series.ref || this.series.instances === series.instances) return;
    const wasFirst = this.series.instances <= 1;
    this.series = series;
    this.#images = new ImageCache(keptBytes);
    if (wasFirst) this.position = series.instances >> 1;
    void this.#show();
  }

  close(): void {
    this.series = null;
    this.image = null;
    this.tags = null;
  }

  goTo(position: number): void {
    const to = Math.min(this.count - 1, Math.max(0, Math.round(position)));
    if (to === this.position || this.series === null) return;
    this.#direction = Math.sign(to - this.position);
    this.position = to;
    void this.#show();
  }

  scroll(steps: number): void {
    this.goTo(this.position + steps);
  }

  /** As viewers do: to the side the contrast, up and down the brightness. */
  changeWindow(dx: number, dy: number): void {
    if (this.image?.kind !== 'grey') return;
    const { center, width } = this.window ?? this.image.window;
    const scale = this.image.window.width / 400;
    this.window = { center: center + dy * scale, width: Math.max(scale / 10, width + dx * scale) };
  }

  changeZoom(factor: number): void {
    this.zoom = Math.min(mostZoom, Math.max(leastZoom, this.zoom * factor));
  }

  move(dx: number, dy: number): void {
    this.pan = { x: this.pan.x + dx, y: this.pan.y + dy };
  }

  reset(): void {
    this.window = null;
    this.inverted = false;
    this.zoom = 1;
    this.pan = { x: 0, y: 0 };
  }

  async loadTags(): Promise<void> {
    const { series, index } = this;
    if (series === null) return;
    const key = `${series.ref} ${index}`;
    if (this.#tagsOf === key && this.tags !== null) return;
    this.#tagsOf = key;
    this.tags = null;
    try {
      const tags = await this.#client.call('dicom.tags', this.#of(series, index));
      if (this.#tagsOf === key) this.tags = tags;
    } catch (error) {
      if (this.#tagsOf !== key) return;
      this.tags = [];
      this.error = errorShapeOf(error);
    }
  }

  #of(series: DicomSeries, index: number) {
    return { projectId: this.#projectId, series: series.ref, index };
  }

  #place(position: number): { index: number; frame: number } {
    return this.series?.instances === 1 ? { index: 0, frame: position } : { index: position, frame: 0 };
  }

  async #show(): Promise<void> {
    const { series, position } = this;
    if (series === null) return;
    const isShown = () => this.series === series && this.position === position;
    try {
      const image = this.#images.get(key(series, position)) ?? (await this.#fetch(series, position));
      if (!isShown()) return;
      this.image = image;
      this.error = null;
      if (series.instances === 1 && image.kind !== 'none') this.#frames = image.frames;
    } catch (error) {
      if (!isShown()) return;
      this.image = null;
      this.error = errorShapeOf(error);
    }
    this.#fetchAhead(series, position);
  }

  #fetchAhead(series: DicomSeries, position: number): void {
    for (let step = 1; step <= ahead; step++) {
      for (const place of [position + step * this.#direction, position - step * this.#direction]) {
        const isBehind = (place - position) * this.#direction < 0;
        if (place < 0 || place >= this.count || (isBehind && step > behind)) continue;
        if (this.#images.has(key(series, place)) || this.#images.pending >= atOnce) continue;
        this.#fetch(series, place).then(
          () => {
            if (this.series === series) this.#fetchAhead(series, this.position);
          },
          () => undefined,
        );
      }
    }
  }

  #fetch(series: DicomSeries, position: number): Promise<DicomImage> {
    const { index, frame } = this.#place(position);
    return this.#images.ask(key(series, position), () =>
      this.#client.call('dicom.image', { ...this.#of(series, index), frame }),
    );
  }
}

function key({ ref }: DicomSeries, position: number): string {
  return `${ref} ${position}`;
}
