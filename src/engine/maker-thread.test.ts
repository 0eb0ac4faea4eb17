import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { defaultTemplate, mediaNames, namesBy } from './dicom/deidentify/output-name.ts';
import { basicChoices, Profile } from './dicom/deidentify/profile/profile.ts';
import { importDicom } from './dicom/import/import-dicom.ts';
import { newDicomFile } from './dicom/write/new-file.ts';
import { deidentifySet, type DeidentifySet, type Withheld } from './jobs/deidentify/deidentify-set.ts';
import { FolderOutput } from './jobs/deidentify/folder-output.ts';
import { startEarly, type StartMaker } from './jobs/deidentify/maker-threads.ts';
import type { TaskContext } from './jobs/task.ts';
import { startMakerThread } from './maker-thread.ts';
import { pseudonymKeyOf } from './privacy/pseudonyms/key.ts';

const root = mkdtempSync(join(tmpdir(), 'semblance-maker-'));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

const key = pseudonymKeyOf(new Uint8Array(32).fill(7));
const profile = new Profile({ ...basicChoices, options: new Set(['clean-descriptors']) });

/** 60 studies of one to four files, whose descriptions speak of whom another file of the study names. */
const source = join(root, 'source');
mkdirSync(source);
const files = Array.from({ length: 150 }, (_, i) => {
  const study = i < 120 ? Math.floor(i / 2) % 57 : 57 + (i % 3);
  const of = (tag: number, vr: 'LO' | 'PN' | 'UI' | 'CS', value: string) =>
    ({ kind: 'set', tag, vr, value }) as const;
  const file = newDicomFile([
    of(0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.4'),
    of(0x00080018, 'UI', `1.2.3.4.5.${i + 1}`),
    of(0x00080060, 'CS', 'MR'),
    of(0x0008103e, 'LO', `Chest of Family${study}`),
    of(0x00100010, 'PN', i % 2 === 0 ? `Family${study}^Ann` : ''),
    of(0x00100020, 'LO', `MRN-00${study}`),
    of(0x0020000d, 'UI', `1.2.3.4.${study + 1}`),
    of(0x0020000e, 'UI', `1.2.3.4.${study + 1}.9`),
  ]);
  writeFileSync(join(source, `f${i}.dcm`), file.source);
  return i;
});

let outputs = 0;
const nextFolder = () => join(root, `out${outputs++}`);

async function run(to: string, over: Partial<DeidentifySet>, context: Partial<TaskContext> = {}) {
  const { index } = await importDicom([source], { onQuarantined: () => undefined });
  const withheld: Withheld[] = [];
  const done = await deidentifySet(
    {
      ...{ index, profile, key, naming: namesBy(defaultTemplate) },
      output: new FolderOutput(to, { overwrite: false, run: 'run' }),
      onWithheld: (file) => withheld.push(file),
      ...over,
    },
    {
      signal: new AbortController().signal,
      report: () => undefined,
      startMaker: startMakerThread,
      ...context,
    },
  );
  return { done, withheld };
}

/** Every file but for when the manifest was made. */
function contentOf(folder: string): Map<string, string> {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    found
      .map(({ name, parentPath }) => join(parentPath, name))
      .sort()
      .map((path) => [
        path.slice(folder.length),
        readFileSync(path, 'latin1').replace(/"created": "[^"]*"/, ''),
      ]),
  );
}

describe('threads', () => {
  it('make the same files, manifest and summary as none', async () => {
    for (const naming of [namesBy(defaultTemplate), mediaNames]) {
      const over = { naming, dicomdir: naming === mediaNames };
      const alone = nextFolder();
      const here = await run(alone, { ...over, threads: 0 });
      expect(here.done.written).toBe(files.length);
      const expected = contentOf(alone);
      for (const threads of [1, 3]) {
        const folder = nextFolder();
        const makers = await readyMakers(threads, naming);
        const there = await run(folder, { ...over, threads }, makers);
        expect(makers.given()).toBe(threads);
        expect(contentOf(folder)).toEqual(expected);
        expect(there.done.summary.attributes).toEqual(here.done.summary.attributes);
        expect(there.done.summary.keptWords).toEqual(here.done.summary.keptWords);
        expect({ ...there.done, summary: null }).toEqual({ ...here.done, summary: null });
      }
    }
  });

  it('make what they are given, in order', async () => {
    const { index } = await importDicom([source], { onQuarantined: () => undefined });
    const thread = startMakerThread({ choices: profile.choices, key: key.handle, naming: mediaNames });
    await thread.ready;
    const studies = [...index.patients.values()].flatMap((patient) =>
      [...patient.studies.values()].map(({ series }) => {
        const all = [...series.values()].map(({ instances }) => instances);
        return { series: all, wanted: all.flat().map(() => true) };
      }),
    );
    const made = thread.make(studies);
    const places: string[] = [];
    for (let next = await made.next(); next.done !== true; next = await made.next())
      for (const { study, at } of next.value.made) places.push(`${study} ${at}`);
    expect(places).toEqual(studies.flatMap(({ wanted }, study) => wanted.map((_, at) => `${study} ${at}`)));
    await thread.end();
    await expect(thread.make(studies).next()).rejects.toThrow('has ended');
  });

  it('tell of files they cannot read as errors of those files', async () => {
    const { index } = await importDicom([source], { onQuarantined: () => undefined });
    const bad = join(source, 'f20.dcm');
    const before = readFileSync(bad);
    writeFileSync(bad, 'gone bad since');
    try {
      const [here, there] = [
        await run(nextFolder(), { index, threads: 0 }),
        await run(nextFolder(), { index, threads: 1 }, await readyMakers(1)),
      ];
      expect(there.withheld).toHaveLength(1);
      expect(there.withheld[0]?.location.path).toBe(bad);
      expect(there.withheld[0]?.error.code).toBe('dicom/not-dicom');
      expect(there.withheld[0]?.error.message).toBe(here.withheld[0]?.error.message);
    } finally {
      writeFileSync(bad, before);
    }
  });

  it('that fail leave their files to be made here', async () => {
    const alone = nextFolder();
    await run(alone, { threads: 0 });
    const entries = {
      never: 'throw new Error("never");',
      soon: `import { parentPort } from 'node:worker_threads';
        parentPort.on('message', () => { throw new Error('soon'); });
        parentPort.postMessage('ready');`,
    };
    for (const [name, code] of Object.entries(entries)) {
      const entry = join(root, `${name}.mjs`);
      writeFileSync(entry, code);
      const folder = nextFolder();
      const startMaker: StartMaker = (settings) => startMakerThread(settings, pathToFileURL(entry));
      await run(folder, { threads: 2 }, { startMaker });
      expect(contentOf(folder)).toEqual(contentOf(alone));
    }
  });

  it('that die half-way leave the rest to be made here', async () => {
    const alone = nextFolder();
    await run(alone, { threads: 0 });
    const folder = nextFolder();
    const makers = await readyMakers(1);
    let told = 0;
    const output = new FolderOutput(folder, { overwrite: false, run: 'run' });
    const put = output.put.bind(output);
    output.put = (file, bytes) => {
      if (++told === 20) void makers.threads[0]?.end();
      return put(file, bytes);
    };
    await run(folder, { threads: 1, output }, makers);
    expect(told).toBe(files.length);
    expect(contentOf(folder)).toEqual(contentOf(alone));
  });
});

describe('a run with threads', () => {
  it('that is cancelled or paused ends soon, and goes on where it was', async () => {
    const alone = nextFolder();
    await run(alone, { threads: 0 });
    for (const kind of ['signal', 'pause'] as const) {
      const folder = nextFolder();
      const controller = new AbortController();
      let told = 0;
      const report = () => {
        if (++told === 40) controller.abort();
      };
      const stopped = run(
        folder,
        { threads: 1 },
        { ...(await readyMakers(1)), report, [kind]: controller.signal },
      );
      await expect(stopped).rejects.toThrow(/abort/);
      expect(told).toBe(40);
      const { done } = await run(folder, { threads: 2 }, await readyMakers(2));
      expect(done).toMatchObject({ former: 40, written: files.length - 40, withheld: 0 });
      const [expected, found] = [contentOf(alone), contentOf(folder)];
      expect(found).toEqual(expected);
    }
  });
});

/** Threads that can begin before the run does, or it would be over. */
async function readyMakers(count: number, naming = namesBy(defaultTemplate)) {
  const settings = { choices: profile.choices, key: key.handle, naming };
  const threads = Array.from({ length: count }, () => startMakerThread(settings));
  await Promise.all(threads.map(({ ready }) => ready));
  let given = 0;
  const startMaker: StartMaker = () => threads[given++] ?? startMakerThread(settings);
  return { threads, startMaker, given: () => given };
}

describe('threads started early', () => {
  const settings = { choices: profile.choices, key: key.handle, naming: namesBy(defaultTemplate) };

  it('are given first, and all ended', async () => {
    let started = 0;
    const start: StartMaker = (of) => {
      started++;
      return startMakerThread(of);
    };
    const early = startEarly(start, settings, 2);
    await early.ready;
    const folder = nextFolder();
    await run(folder, { threads: 1 }, early);
    expect(started).toBe(2);
    await early.end();
    await expect(early.startMaker(settings).make([]).next()).rejects.toThrow('has ended');
    const more = early.startMaker(settings);
    expect(started).toBe(3);
    await more.end();
  });

  it('that cannot begin do no harm', async () => {
    const entry = join(root, 'cannot.mjs');
    writeFileSync(entry, 'throw new Error("cannot");');
    const early = startEarly((of) => startMakerThread(of, pathToFileURL(entry)), settings, 1);
    await expect(early.ready).rejects.toThrow('cannot');
    await early.end();
  });
});
