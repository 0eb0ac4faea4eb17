import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeEngine } from '../../../test/renderer/fake-api.ts';
import { fakeDicomProject } from '../../../test/renderer/fake-dicom.ts';
import { AppState } from './app.svelte.ts';
import { Client } from './client.ts';
import type { OpenDicom } from './open-dicom.svelte.ts';

let engine: FakeEngine;
let open: OpenDicom;

beforeEach(async () => {
  vi.stubGlobal('document', { documentElement: { dataset: {}, lang: '' } });
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined }));
  engine = new FakeEngine({ projects: [], jobs: [], still: true, delay: 0 });
  engine.dicom.add(fakeDicomProject());
  const app = new AppState(new Client(engine));
  await app.start();
  await app.openProject('d1');
  if (app.open?.kind !== 'dicom') throw new Error('No project of DICOM is open.');
  open = app.open;
  await vi.waitFor(() => expect(open.viewer.image).not.toBeNull());
});

describe('the viewer', () => {
  it('opens the first series in its middle, and scrolls within it', async () => {
    const { viewer } = open;
    expect([viewer.series?.ref, viewer.position, viewer.count]).toEqual(['1', 20, 40]);
    viewer.scroll(-25);
    expect(viewer.position).toBe(0);
    viewer.goTo(100);
    expect(viewer.position).toBe(39);
    await vi.waitFor(() => expect(viewer.image?.kind).toBe('grey'));
  });

  it('fetches neighbours ahead, and none twice', async () => {
    const asked = () =>
      engine.asked
        .filter(({ channel }) => channel === 'dicom.image')
        .map(({ input }) => JSON.stringify(input));
    await vi.waitFor(() => expect(asked().length).toBeGreaterThan(10));
    open.viewer.scroll(1);
    open.viewer.scroll(-1);
    expect(new Set(asked()).size).toBe(asked().length);
  });

  it('keeps the window from image to image until it is reset or another series is opened', () => {
    const { viewer } = open;
    viewer.changeWindow(40, -20);
    expect(viewer.window).toEqual({ center: 34, width: 132 });
    viewer.scroll(3);
    expect(viewer.shownWindow).toEqual({ center: 34, width: 132 });
    viewer.reset();
    expect(viewer.shownWindow).toEqual({ center: 40, width: 120 });
  });

  it('goes on with a series of which more is found', () => {
    const { viewer } = open;
    viewer.goTo(3);
    const { series } = viewer;
    if (!series) throw new Error('no series');
    viewer.update({ ...series, instances: 90 });
    expect([viewer.position, viewer.count]).toEqual([3, 90]);
    viewer.update({ ...series, ref: 'other', instances: 7 });
    expect(viewer.count).toBe(90);
  });

  it('shows what has no pixels as such', async () => {
    const [, second] = open.tree.patients;
    const [report] = second?.studies[0]?.series ?? [];
    if (!report) throw new Error('no report');
    open.viewer.open(report);
    await vi.waitFor(() => expect(open.viewer.image).toEqual({ kind: 'none' }));
    expect(open.viewer.error).toBeNull();
  });
});

describe('the profile', () => {
  it('is changed, and changed back', async () => {
    const options = ['clean-descriptors' as const];
    await open.setChoices({ ...open.project.choices, options }, () => 'changed');
    expect(open.project.choices.options).toEqual(options);
    await open.setOverride('(0008,0080)', 'K');
    expect(open.lastChange).toBe('(0008,0080): K');
    await open.undo();
    expect(open.project.choices.overrides).toEqual([]);
    await open.undo();
    expect(open.project.choices.options).toEqual([]);
    expect(open.lastChange).toBeNull();
  });

  it('stays as it was where it is refused', async () => {
    const { AppError } = await import('../../shared/errors.ts');
    engine.refusal = AppError.of('request/invalid', 'dicom_template_instance', { part: '{instance}' });
    await open.setChoices({ ...open.project.choices, template: 'x' }, () => 'changed');
    expect(open.project.choices.template).toContain('{instance}');
    expect(open.error?.code).toBe('request/invalid');
    expect(open.lastChange).toBeNull();
  });
});

describe('text in pictures', () => {
  it('is left, masked and drawn, and looked over', async () => {
    const { pictures } = open;
    await pictures.load();
    const states = () => pictures.picture?.regions.map(({ state }) => state);
    expect(states()).toEqual(['found', 'removed']);
    const [first] = pictures.picture?.regions ?? [];
    if (!first) throw new Error('no region');
    await pictures.toggle(first);
    expect(states()).toEqual(['removed', 'removed']);
    await pictures.add({ x: 120.4, y: -5, width: 50, height: 20 });
    expect(pictures.picture?.regions[2]).toEqual({ x: 120, y: 0, width: 8, height: 15, state: 'added' });
    await pictures.add({ x: 10, y: 10, width: 2, height: 50 });
    expect(states()).toHaveLength(3);
    const own = pictures.picture?.regions[2];
    if (!own) throw new Error('no region');
    await pictures.change(own, { x: -20, y: 4 }, false);
    expect(pictures.picture?.regions[2]).toMatchObject({ x: 100, y: 4 });
    await pictures.setReviewed(true);
    expect(pictures.picture?.isReviewed).toBe(true);
  });
});
