import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { screenshot } from '../../test/unit/dicom-screenshot.ts';
import { contract, type Output } from '../shared/contract.ts';
import type { DicomPatient } from '../shared/dicom.ts';
import type { Job } from '../shared/jobs.ts';
import { framesOf } from './dicom/pixels/file-frames.ts';
import { readDicomFile } from './dicom/read/part10.ts';
import { createService, type ProjectChannel, type Service } from './service.ts';
import { openStore } from './store/open.ts';

const fixtures = 'test/fixtures/dicom';
let folder = '';
let service: Service;
const log: string[] = [];
const at = (name: string): string => join(folder, name);

function start(): Service {
  return createService({
    store: openStore(at('data')),
    resources: 'resources',
    emit: () => undefined,
    log: (text) => log.push(text),
  });
}

async function ask<C extends ProjectChannel>(channel: C, input?: unknown): Promise<Output<C>> {
  const reply = await service.call(channel, input);
  if (!reply.ok) throw Object.assign(new Error(reply.error.message), reply.error);
  expect(contract[channel].output.parse(reply.value)).toEqual(reply.value);
  return reply.value;
}

async function ended(job: Job | undefined): Promise<Job> {
  for (;;) {
    const now = (await ask('jobs.list')).find(({ id }) => id === job?.id);
    if (!now) throw new Error('the job is gone');
    if (now.finishedAt !== null) return now;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Every series, with the patient it is of. */
async function allSeries(projectId: string) {
  const { patients } = await ask('dicom.patients', { projectId, offset: 0, limit: 500, search: '' });
  return patients.flatMap((patient) =>
    patient.studies.flatMap(({ series }) => series.map((one) => ({ ...one, patient }))),
  );
}

let projectId = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'semblance-dicom-desk-'));
  cpSync(fixtures, at('scans'), { recursive: true });
  service = start();
  ({ id: projectId } = await ask('dicom.create', { paths: [at('scans')] }));
  await ended((await ask('jobs.list'))[0]);
});

afterAll(async () => {
  await service.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a project of DICOM files', () => {
  it('knows what is in them, and why some are in no study', async () => {
    const project = await ask('dicom.get', { projectId });
    expect(project).toMatchObject({ kind: 'dicom', name: 'scans', sources: [at('scans')] });
    expect(project.counts).toMatchObject({ patients: 16, directories: 1, notDicom: 1, damaged: 2 });
    const { total, files } = await ask('dicom.quarantine', { projectId, offset: 0, limit: 500 });
    expect(total).toBe(files.length);
    expect(files.find(({ file }) => file.endsWith('MR_truncated.dcm'))?.error.code).toBe('dicom/truncated');
    const summary = (await ask('projects.list')).find(({ id }) => id === projectId);
    expect(summary).toMatchObject({ kind: 'dicom', files: project.counts.instances, rows: null });
  });

  it('lists patients page by page, and those that are searched for', async () => {
    const all = await ask('dicom.patients', { projectId, offset: 0, limit: 500, search: '' });
    const page = await ask('dicom.patients', { projectId, offset: 3, limit: 2, search: '' });
    expect(page).toEqual({ total: all.total, patients: all.patients.slice(3, 5) });
    const names = ({ patients }: { patients: DicomPatient[] }) => patients.map(({ name }) => name);
    expect(names(await ask('dicom.patients', { projectId, offset: 0, limit: 9, search: '太郎' }))).toEqual([
      'Yamada^Tarou=山田^太郎=やまだ^たろう',
    ]);
    expect(
      names(await ask('dicom.patients', { projectId, offset: 0, limit: 9, search: 'compressed' })),
    ).toContain('CompressedSamples^MR1');
  });

  it('shows every image that can be shown, and says why where one cannot', async () => {
    const kinds = new Map<string, number>();
    for (const { ref } of await allSeries(projectId)) {
      const reply = await service.call('dicom.image', { projectId, series: ref, index: 0, frame: 0 });
      const kind = reply.ok ? contract['dicom.image'].output.parse(reply.value).kind : reply.error.code;
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
    expect(kinds.get('grey')).toBeGreaterThan(0);
    expect(kinds.get('colour')).toBeGreaterThan(0);
    expect(kinds.get('none')).toBeGreaterThan(0);
    expect(kinds.has('internal')).toBe(false);
    expect(log).toEqual([]);
  });

  it('gives pixels in units of the modality, with a window to begin with', async () => {
    const series = (await allSeries(projectId)).find(
      ({ patient, modality }) => patient.name === 'CompressedSamples^MR1' && modality === 'MR',
    );
    const image = await ask('dicom.image', { projectId, series: series?.ref, index: 0, frame: 0 });
    if (image.kind !== 'grey') throw new Error('no grey image');
    expect(image).toMatchObject({
      rows: 64,
      columns: 64,
      frames: 1,
      inverted: false,
      window: { center: 600, width: 1600 },
    });
    expect(image.values).toHaveLength(64 * 64);
    const small = await ask('dicom.thumbnail', { projectId, series: series?.ref });
    expect(small).toMatchObject({ kind: 'grey', rows: 64, columns: 64 });
    const tags = await ask('dicom.tags', { projectId, series: series?.ref, index: 0 });
    expect(tags.find(({ tag }) => tag === '(0010,0010)')).toMatchObject({
      value: 'CompressedSamples^MR1',
      depth: 0,
    });
  });

  it('refuses a series that is not there', async () => {
    const reply = await service.call('dicom.image', { projectId, series: 'x', index: 0, frame: 0 });
    expect(reply).toMatchObject({ ok: false, error: { code: 'source/not-found' } });
  });

  it('is found again after a restart, and looks at nothing twice', async () => {
    const before = await ask('dicom.get', { projectId });
    await service.close();
    service = start();
    const { counts } = await ask('dicom.get', { projectId });
    expect(counts).toEqual(before.counts);
    writeFileSync(at('scans/new.dcm'), readFileSync(`${fixtures}/MR_small_implicit.dcm`));
    await ended(await ask('dicom.import', { projectId, paths: [at('scans')] }));
    const after = await ask('dicom.get', { projectId });
    expect(after.counts).toMatchObject({ files: counts.files + 1, instances: counts.instances });
    rmSync(at('scans/new.dcm'));
    await ended(await ask('dicom.import', { projectId, paths: [] }));
    expect((await ask('dicom.get', { projectId })).counts).toEqual(counts);
  });
});

describe('de-identifying', () => {
  const choices = {
    profileName: 'ours',
    options: ['clean-descriptors'],
    overrides: [],
    template: '{instance}.dcm',
    dicomdir: false,
  };

  it('keeps what was chosen, says how it differs from the standard, and refuses what cannot be', async () => {
    const overrides = [{ tag: '(0008,0070)', code: 'X' }];
    const project = await ask('dicom.setChoices', { projectId, choices: { ...choices, overrides } });
    expect(project.differences).toEqual([
      { tag: '(0008,0070)', name: 'Manufacturer', code: 'X', standard: null },
    ]);
    await ask('dicom.saveProfile', { projectId, path: at('ours.yaml'), overwrite: false });
    await ask('dicom.setChoices', { projectId, choices });
    const read = await ask('dicom.readProfile', { projectId, path: at('ours.yaml') });
    expect(read.choices).toEqual({ ...choices, overrides });
    const wrong = { ...choices, template: '../{instance}' };
    expect(await service.call('dicom.setChoices', { projectId, choices: wrong })).toMatchObject({
      ok: false,
    });
    await ask('dicom.setChoices', { projectId, choices });
  });

  it('shows what changes in a file, and over many, before anything is written', async () => {
    const [series] = (await allSeries(projectId)).filter(
      ({ patient }) => patient.name === 'CompressedSamples^MR1',
    );
    const { changes, withheld } = await ask('dicom.changes', { projectId, series: series?.ref, index: 0 });
    expect(withheld).toBeNull();
    expect(changes.find(({ path }) => path[0] === '(0010,0010)')).toMatchObject({
      before: 'CompressedSamples^MR1',
      after: expect.stringMatching(/^P\d{15}\^$/) as string,
      handling: 'pseudonym',
    });
    const summary = await ask('dicom.summary', { projectId, files: 10 });
    expect(summary.files).toBe(10);
    expect(summary.attributes.find(({ tag }) => tag === '(0010,0020)')?.files).toBeGreaterThan(5);
  });

  it('writes the files and who became who, and nothing into what is read', async () => {
    const { counts } = await ask('dicom.get', { projectId });
    const job = await ended(await ask('jobs.deidentify', { projectId, path: at('out'), overwrite: false }));
    expect(job).toMatchObject({ state: 'done', kind: 'deidentify' });
    const written = readdirSync(at('out')).filter((name) => name.endsWith('.dcm'));
    const [record] = (await ask('dicom.get', { projectId })).exports;
    expect(record).toMatchObject({ what: 'dicom', path: at('out/manifest.json'), rows: counts.instances });
    expect(written.length).toBeGreaterThan(15);
    const again = await ended(await ask('jobs.deidentify', { projectId, path: at('out'), overwrite: false }));
    expect(again.outcome).toBe(job.outcome);
    await ended(await ask('jobs.dicomMap', { projectId, path: at('map.csv'), overwrite: false }));
    expect(readFileSync(at('map.patients.csv'), 'utf8')).toMatch(/^id_old,id_new\r\n[^]*,P\d{15}\r\n/);
    expect(existsSync(at('map.uids.csv'))).toBe(true);
    mkdirSync(at('scans/inner'));
    const inside = { projectId, path: at('scans/inner'), overwrite: false };
    expect(await service.call('jobs.deidentify', inside)).toMatchObject({
      ok: false,
      error: { code: 'request/forbidden' },
    });
  });

  it('finds text in pictures, has a person look it over, and makes it black', async () => {
    mkdirSync(at('screens'));
    for (const i of [1, 2]) writeFileSync(at(`screens/${String(i)}.dcm`), screenshot(i, 'SMITH 1950'));
    const { id } = await ask('dicom.create', { paths: [at('screens')] });
    await ended((await ask('jobs.list'))[0]);
    const [device] = await ask('dicom.devices', { projectId: id });
    expect(device).toMatchObject({ manufacturer: 'MAKER', images: 2, isLookedAt: false, isReviewed: false });
    const of = { projectId: id, key: device?.key, index: 0 };
    expect((await ask('dicom.picture', of)).isLookedAt).toBe(false);
    expect(await ended(await ask('jobs.findText', { projectId: id }))).toMatchObject({ state: 'done' });
    const { regions } = await ask('dicom.picture', of);
    expect(regions[0]).toMatchObject({ state: 'found' });
    const drawn = { x: 1, y: 140, width: 20, height: 10, state: 'added' } as const;
    const said = await ask('dicom.setRegions', { ...of, regions: [...regions, drawn], reviewed: true });
    expect(said).toMatchObject({ isReviewed: true, regions: [...regions, drawn] });
    expect(await ask('dicom.devices', { projectId: id })).toMatchObject([{ isReviewed: true }]);
    const project = await ask('dicom.get', { projectId: id });
    const cleaning = { ...project.choices, options: ['clean-pixel-data'], template: '{instance}.dcm' };
    await ask('dicom.setChoices', { projectId: id, choices: cleaning });
    await ended(await ask('jobs.deidentify', { projectId: id, path: at('masked'), overwrite: false }));
    const [name = ''] = readdirSync(at('masked')).filter((file) => file.endsWith('.dcm'));
    const file = readDicomFile(readFileSync(at(`masked/${name}`)));
    const frame = await framesOf(file)?.frame(0);
    expect(frame?.samples.some((value) => value === 255)).toBe(false);
    expect(frame?.samples[3 * (145 * 240 + 5)]).toBe(0);
    expect(file.dataSet.text(0x00280301)).toBe('NO');
  });

  it('goes with its project', async () => {
    await ask('projects.remove', { projectId });
    expect(await service.call('dicom.get', { projectId })).toMatchObject({
      ok: false,
      error: { code: 'project/not-found' },
    });
  });
});
