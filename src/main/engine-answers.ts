/** Answers of the channels that main passes on to the engine. */
import { z } from 'zod';
import { isChannel } from '../shared/channels.ts';
import { contract, type Channel } from '../shared/contract.ts';
import { manifestPathOf } from '../shared/output-names.ts';
import type { ChosenPaths } from './chosen-paths.ts';
import type { Answer } from './handle.ts';

/** The channels that main answers itself. */
export type AppChannel = Extract<Channel, `app.${string}`>;
export type EngineChannel = Exclude<Channel, AppChannel>;

/** Every channel that main answers itself. */
export const appChannels = Object.keys(contract).filter(
  (name): name is AppChannel => isChannel(name) && name.startsWith('app.'),
);

/** Every channel of the engine. */
export const engineChannels = Object.keys(contract).filter(
  (name): name is EngineChannel => isChannel(name) && !name.startsWith('app.'),
);

/** Asks the engine; see EngineHost. */
export type AskEngine = (channel: Channel, input: unknown) => Promise<unknown>;

/** Channels that write the file at `path`. */
const writing: ReadonlySet<EngineChannel> = new Set([
  'jobs.generate',
  'jobs.exportModel',
  'jobs.deidentify',
  'jobs.dicomMap',
  'dicom.saveProfile',
  'store.backup',
  'store.saveRecoveryKey',
]);

/** Channels that read the file at `path`, which the user has to have chosen. */
const reading: ReadonlySet<EngineChannel> = new Set(['exports.verify', 'dicom.readProfile']);

const withExports = z.object({ exports: z.array(z.object({ path: z.string() })) });
const withPath = z.looseObject({ path: z.string() });

/**
 * What answers a channel of the engine. Two things are main's to see to: that a file is written, or replaced, only
 * where the user has said so in a dialog, and which files have been written, so that they may be shown.
 */
export function engineAnswer(
  channel: EngineChannel,
  ask: AskEngine,
  paths: ChosenPaths,
): Answer<EngineChannel> {
  return async (input) => {
    if (writing.has(channel)) {
      const request = withPath.parse(input);
      return ask(channel, { ...request, overwrite: paths.useTarget(request.path) });
    }
    if (reading.has(channel)) paths.assertReadable(withPath.parse(input).path);
    const answer = await ask(channel, input);
    const project = withExports.safeParse(answer);
    for (const { path } of project.data?.exports ?? []) {
      paths.addShown(path);
      paths.addShown(manifestPathOf(path));
    }
    return answer;
  };
}
