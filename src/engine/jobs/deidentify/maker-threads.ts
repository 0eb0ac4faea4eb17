/** Threads that make de-identified files; started by the entry points, each of which knows how. */
import { availableParallelism } from 'node:os';
import type { KeyObject } from 'node:crypto';
import type { NamingChoice } from '../../dicom/deidentify/output-name.ts';
import type { ProfileChoices } from '../../dicom/deidentify/profile/profile.ts';
import type { SummaryPart } from '../../dicom/deidentify/change-summary.ts';
import type { Made, StudyFiles } from './study-maker.ts';

/** What a thread is told: the key itself, and never what it was derived from. */
export interface MakerSettings {
  readonly choices: ProfileChoices;
  readonly key: KeyObject;
  readonly naming: NamingChoice;
}

/** Some files of studies that were asked for together. */
export interface MadeSome {
  readonly made: readonly MadeOfStudy[];
  /** Undefined where it was counted already. */
  readonly summary?: SummaryPart;
}

/** With the place of its study among those. */
export type MadeOfStudy = Made & { readonly study: number };

export interface MakerThread {
  /** Resolves when it can begin; rejects when it never will. */
  readonly ready: Promise<void>;
  /** What becomes of studies, in their order, a few files at a time. Throws when the thread fails or ends. */
  make(studies: readonly StudyFiles[]): AsyncIterator<MadeSome, undefined>;
  end(): Promise<void>;
}

export type StartMaker = (settings: MakerSettings) => MakerThread;

/** More than these one drive seldom keeps up with. */
const mostThreads = 4;

/** How many threads are worth it beside the one that writes. */
export function makingThreads(): number {
  return Math.min(mostThreads, availableParallelism() - 1);
}

export interface EarlyMakers {
  /** Gives those that were started, then others. */
  readonly startMaker: StartMaker;
  /** Resolves when all can begin; rejects when one never will. */
  readonly ready: Promise<unknown>;
  /** Ends them all, those too that nobody has asked for. */
  end(): Promise<void>;
}

/** Starts threads before it is known what there is to make, since a thread takes a while until it can begin. */
export function startEarly(
  start: StartMaker,
  settings: MakerSettings,
  threads = makingThreads(),
): EarlyMakers {
  const all = Array.from({ length: threads }, () => start(settings));
  const ready = Promise.all(all.map((thread) => thread.ready));
  // Whoever makes files goes on without.
  ready.catch(() => undefined);
  let given = 0;
  return {
    ready,
    startMaker: (of) => all[given++] ?? start(of),
    end: async () => {
      await Promise.all(all.map((thread) => thread.end()));
    },
  };
}
