import { SvelteMap } from 'svelte/reactivity';
import type { DicomImage, DicomPatient, QuarantinedFile } from '../../shared/dicom.ts';
import type { ErrorShape } from '../../shared/errors.ts';
import { errorShapeOf, type Client } from './client.ts';

const patientsAtOnce = 50;
const filesAtOnce = 200;
const thumbnailsAtOnce = 2;

/** Patients, studies and series as far as they have been scrolled to, and what was set aside. */
export class DicomTree {
  patients = $state.raw<DicomPatient[]>([]);
  total = $state(0);
  search = $state('');
  aside = $state.raw<QuarantinedFile[]>([]);
  asideTotal = $state(0);
  loading = $state(false);
  error = $state.raw<ErrorShape | null>(null);
  /** By series; those that have none are there as `none`. */
  readonly thumbnails = new SvelteMap<string, DicomImage>();
  #waiting: string[] = [];
  #drawing = 0;
  /** Answers to an earlier search are none of ours. */
  #generation = 0;
  readonly #client: Client;
  readonly #projectId: string;

  constructor(client: Client, projectId: string) {
    this.#client = client;
    this.#projectId = projectId;
  }

  readonly complete = $derived(this.patients.length >= this.total);

  /** Begins again, with as many as were shown: more was found, or something else is searched for. */
  async reload(search = this.search): Promise<void> {
    const isOther = search !== this.search;
    this.search = search;
    const generation = ++this.#generation;
    const wanted = isOther ? patientsAtOnce : Math.max(patientsAtOnce, this.patients.length);
    await this.#attempt(async () => {
      const { total, patients } = await this.#page(0, Math.min(500, wanted));
      if (generation !== this.#generation) return;
      this.total = total;
      this.patients = patients;
    });
    await this.#attempt(async () => {
      const { total, files } = await this.#aside(0);
      if (generation !== this.#generation) return;
      this.asideTotal = total;
      this.aside = files;
    });
  }

  async more(): Promise<void> {
    if (this.loading || this.complete) return;
    const generation = this.#generation;
    this.loading = true;
    await this.#attempt(async () => {
      const { total, patients } = await this.#page(this.patients.length, patientsAtOnce);
      if (generation !== this.#generation) return;
      this.total = total;
      this.patients = [...this.patients, ...patients];
    });
    this.loading = false;
  }

  async moreAside(): Promise<void> {
    if (this.aside.length >= this.asideTotal) return;
    await this.#attempt(async () => {
      const { files } = await this.#aside(this.aside.length);
      this.aside = [...this.aside, ...files];
    });
  }

  /** Asks for the small picture of a series that has come into view. */
  wantThumbnail(ref: string): void {
    if (this.thumbnails.has(ref) || this.#waiting.includes(ref)) return;
    this.#waiting = [...this.#waiting, ref];
    this.#drawNext();
  }

  #drawNext(): void {
    // What came into view last is in view still.
    while (this.#drawing < thumbnailsAtOnce) {
      const series = this.#waiting.pop();
      if (series === undefined) return;
      this.#drawing++;
      this.#client
        .call('dicom.thumbnail', { projectId: this.#projectId, series })
        .then(
          (image) => this.thumbnails.set(series, image),
          () => this.thumbnails.set(series, { kind: 'none' }),
        )
        .finally(() => {
          this.#drawing--;
          this.#drawNext();
        });
    }
  }

  #page(offset: number, limit: number) {
    return this.#client.call('dicom.patients', {
      projectId: this.#projectId,
      ...{ offset, limit, search: this.search },
    });
  }

  #aside(offset: number) {
    return this.#client.call('dicom.quarantine', { projectId: this.#projectId, offset, limit: filesAtOnce });
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.error = null;
    } catch (error) {
      this.error = errorShapeOf(error);
    }
  }
}
