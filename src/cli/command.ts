import type { TaskContext } from '../engine/jobs/task.ts';
import type { Options } from './options.ts';

/** What a command brings: for machines and for people. */
export interface CommandResult {
  /** The members of the one JSON object. */
  json: Record<string, unknown>;
  /** Lines for a terminal of `width` characters. */
  text: (width: number) => string[];
  /** What the shell is told; 0 unless given. */
  exitCode?: number;
}

export type Command = (options: Options, context: TaskContext) => Promise<CommandResult>;
