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
