/** How fast Semblance de-identifies a folder, as its command does: SOURCE OUTPUT [THREADS], what it took as JSON. */
import { importDicom } from '../../src/engine/dicom/import/import-dicom.ts';
import { defaultTemplate, namesBy } from '../../src/engine/dicom/deidentify/output-name.ts';
import { basicChoices, Profile } from '../../src/engine/dicom/deidentify/profile/profile.ts';
import { deidentifySet } from '../../src/engine/jobs/deidentify/deidentify-set.ts';
import { runMark } from '../../src/engine/jobs/deidentify/set-marks.ts';
import { makingThreads, startEarly } from '../../src/engine/jobs/deidentify/maker-threads.ts';
import { FolderOutput } from '../../src/engine/jobs/deidentify/folder-output.ts';
import { startMakerThread } from '../../src/engine/maker-thread.ts';
import { freshKey } from '../../src/engine/privacy/pseudonyms/key.ts';

const [source = '', output = '', count = makingThreads()] = process.argv.slice(2);
const key = freshKey();
const [profile, naming] = [new Profile(basicChoices), namesBy(defaultTemplate)];
const settings = { choices: basicChoices, key: key.handle, naming };
/** Started before the clock is, as everything is that neither's start counts for. */
const makers = startEarly(startMakerThread, settings, Number(count));
await makers.ready;
const before = performance.now();
const cpuBefore = process.cpuUsage();
const { index } = await importDicom([source], {
  onQuarantined: ({ error }) => {
    throw error;
  },
});
const { written } = await deidentifySet(
  {
    index,
    ...{ profile, key, naming, threads: Number(count) },
    output: new FolderOutput(output, { overwrite: false, run: runMark(key, []) }),
    onWithheld: ({ error }) => {
      throw error;
    },
  },
  {
    signal: new AbortController().signal,
    report: () => undefined,
    startMaker: makers.startMaker,
  },
);
const { user, system } = process.cpuUsage(cpuBefore);
if (written !== index.counts.instances) throw new Error(`${written} of ${index.counts.instances} files`);
process.stdout.write(
  JSON.stringify({
    seconds: (performance.now() - before) / 1000,
    cpu: (user + system) / 1e6,
    what: `Semblance on Node ${process.versions.node}`,
  }),
);
