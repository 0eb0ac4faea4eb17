import { expect, it, vi } from 'vitest';
import { FakeEngine } from '../../../test/renderer/fake-api.ts';
import { fakeDicomProject } from '../../../test/renderer/fake-dicom.ts';
import type { EventPayload, SemblanceApi } from '../../shared/contract.ts';
import { AppState } from './app.svelte.ts';
import { Client } from './client.ts';

it('shows what has changed in a project while it was being opened', async () => {
  vi.stubGlobal('document', { documentElement: { dataset: {}, lang: '' } });
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined }));
  const engine = new FakeEngine({ projects: [], jobs: [], still: true, delay: 0 });
  const project = fakeDicomProject();
  engine.dicom.add({ ...project, counts: { ...project.counts, instances: 0 } });
  const heard: ((payload: EventPayload<'project.changed'>) => void)[] = [];
  let opened = false;
  const api: SemblanceApi = {
    ...{ pathOf: (file) => engine.pathOf(file), on: (event, listener) => engine.on(event, listener) },
    call: async (channel, ...input) => {
      const reply = await engine.call(channel, ...input);
      // The files are through before the lists are there that are shown beside them.
      if (channel === 'jobs.list' && opened) await new Promise((later) => setTimeout(later, 50));
      if (channel === 'dicom.get' && !opened) {
        opened = true;
        engine.dicom.change(project.id, { counts: project.counts });
        for (const listener of heard) listener({ projectId: project.id });
      }
      return reply;
    },
  };
  const client = new Client(api);
  vi.spyOn(client, 'on').mockImplementation((event, listener) => {
    if (event === 'project.changed') heard.push((payload) => void Reflect.apply(listener, null, [payload]));
    return () => undefined;
  });
  const app = new AppState(client);
  await app.start();
  await app.openProject(project.id);
  await vi.waitFor(() => {
    expect(app.open?.kind === 'dicom' && app.open.project.counts.instances).toBe(347);
  });
});
