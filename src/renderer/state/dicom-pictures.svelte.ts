import type { DevicePicture, DicomDevice, PictureRegion } from '../../shared/dicom.ts';
import type { ErrorShape } from '../../shared/errors.ts';
import { errorShapeOf, type Client } from './client.ts';

/** Smaller ones are drawn by accident. */
const smallest = 3;

/** Text in pictures, device by device, as a person looks it over. */
export class DicomPictures {
  devices = $state.raw<DicomDevice[] | null>(null);
  chosen = $state<string | null>(null);
  /** Place of the image among those of the device. */
  index = $state(0);
  picture = $state.raw<DevicePicture | null>(null);
  error = $state.raw<ErrorShape | null>(null);
  readonly #client: Client;
  readonly #projectId: string;
  #loading = false;
  /** Answers from before `forget` are none of ours. */
  #generation = 0;

  constructor(client: Client, projectId: string) {
    this.#client = client;
    this.#projectId = projectId;
  }

  readonly device = $derived(this.devices?.find(({ key }) => key === this.chosen) ?? null);
  readonly unseen = $derived(this.devices?.filter(({ isLookedAt }) => !isLookedAt).length ?? 0);
  readonly unreviewed = $derived(
    this.devices?.filter(({ isReviewed, regions }) => !isReviewed && regions > 0).length ?? 0,
  );

  /** What was found may be another: everything is asked for again when it is looked at. */
  forget(): void {
    this.#generation += 1;
    this.devices = null;
    this.picture = null;
    this.error = null;
  }

  async load(): Promise<void> {
    if (this.#loading) return;
    this.#loading = true;
    const generation = this.#generation;
    await this.#attempt(async () => {
      const devices = await this.#client.call('dicom.devices', { projectId: this.#projectId });
      if (generation !== this.#generation) return;
      this.devices = devices;
      // Where a picture cannot be shown, there may be others.
      if (this.device === null)
        this.chosen = (devices.find(({ isLookedAt }) => isLookedAt) ?? devices[0])?.key ?? null;
      if (this.chosen !== null) await this.#show(this.chosen, this.index);
    });
    this.#loading = false;
    if (generation !== this.#generation) await this.load();
  }

  async choose(key: string): Promise<void> {
    await this.#attempt(() => this.#show(key, 0));
  }

  async goTo(index: number): Promise<void> {
    const { device } = this;
    if (device === null || index < 0 || index >= device.images) return;
    await this.#attempt(() => this.#show(device.key, index));
  }

  /** Adds a region that was drawn, in pixels of the picture. */
  async add(region: Omit<PictureRegion, 'state'>): Promise<void> {
    if (this.picture === null || this.picture.image.kind === 'none') return;
    const within = insideOf(region, this.picture.image);
    if (within.width < smallest || within.height < smallest) return;
    await this.#save([...this.picture.regions, { ...within, state: 'added' }]);
  }

  /** A found region is left or masked; one of one's own goes. */
  async toggle(region: PictureRegion): Promise<void> {
    const regions = this.picture?.regions ?? [];
    await this.#save(
      region.state === 'added'
        ? regions.filter((one) => one !== region)
        : regions.map((one) =>
            one === region ? { ...one, state: one.state === 'found' ? 'removed' : 'found' } : one,
          ),
    );
  }

  /** Moves or resizes a region of one's own. */
  async change(region: PictureRegion, by: { x: number; y: number }, resize: boolean): Promise<void> {
    if (this.picture === null || this.picture.image.kind === 'none' || region.state !== 'added') return;
    const moved = resize
      ? {
          ...region,
          width: Math.max(smallest, region.width + by.x),
          height: Math.max(smallest, region.height + by.y),
        }
      : { ...region, x: region.x + by.x, y: region.y + by.y };
    const changed: PictureRegion = { ...insideOf(moved, this.picture.image), state: 'added' };
    await this.#save(this.picture.regions.map((one) => (one === region ? changed : one)));
  }

  async setReviewed(reviewed: boolean): Promise<void> {
    await this.#save([...(this.picture?.regions ?? [])], reviewed);
  }

  async #save(regions: PictureRegion[], reviewed = false): Promise<void> {
    const key = this.chosen;
    if (key === null) return;
    await this.#attempt(async () => {
      const { index } = this;
      const of = { projectId: this.#projectId, key, index };
      const picture = await this.#client.call('dicom.setRegions', { ...of, regions, reviewed });
      if (this.chosen === key && this.index === index) this.picture = picture;
      this.devices = await this.#client.call('dicom.devices', { projectId: this.#projectId });
    });
  }

  async #show(key: string, index: number): Promise<void> {
    this.chosen = key;
    this.index = index;
    this.picture = null;
    const picture = await this.#client.call('dicom.picture', { projectId: this.#projectId, key, index });
    if (this.chosen === key && this.index === index) this.picture = picture;
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

function insideOf(
  { x, y, width, height }: Omit<PictureRegion, 'state'>,
  { rows, columns }: { rows: number; columns: number },
): Omit<PictureRegion, 'state'> {
  const [left, top] = [Math.max(0, Math.round(x)), Math.max(0, Math.round(y))];
  return {
    ...{ x: Math.min(left, columns - 1), y: Math.min(top, rows - 1) },
    width: Math.max(0, Math.min(columns, Math.round(x + width)) - left),
    height: Math.max(0, Math.min(rows, Math.round(y + height)) - top),
  };
}
