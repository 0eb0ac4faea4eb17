import { styleText } from 'node:util';
import type { TaskUpdate } from '../engine/jobs/task.ts';
import { TimeLeft } from '../engine/jobs/time-left.ts';

export interface Progress {
  report: (update: TaskUpdate) => void;
  /** Takes the bar away, so that something else can be printed. */
  end: () => void;
}

/** The part of a terminal that a bar needs. */
export interface Screen {
  write(text: string): unknown;
  isTTY?: boolean | undefined;
  columns?: number | undefined;
}

const intervalMs = { bar: 100, lines: 500 } as const;

/** A bar on a terminal, JSON lines for machines, nothing otherwise. */
export function createProgress(screen: Screen, json: boolean): Progress {
  if (!json && screen.isTTY !== true) return { report: () => undefined, end: () => undefined };
  const timeLeft = new TimeLeft();
  let state: Required<TaskUpdate> = { phase: '', progress: null, rate: null };
  let toldAt = -Infinity;
  let drawn = false;
  return {
    report: (update) => {
      const phaseChanged = update.phase !== undefined && update.phase !== state.phase;
      state = { ...state, ...update };
      const secondsLeft = timeLeft.update(state.progress);
      const now = performance.now();
      if (now - toldAt < intervalMs[json ? 'lines' : 'bar'] && !(json && phaseChanged)) return;
      toldAt = now;
      if (json) screen.write(`${JSON.stringify({ ...state, secondsLeft })}\n`);
      else {
        screen.write(`\r\u001b[2K${progressLine(state, secondsLeft, (screen.columns ?? 80) - 1)}`);
        drawn = true;
      }
    },
    end: () => {
      if (drawn) screen.write('\r\u001b[2K');
      drawn = false;
    },
  };
}

/** One line of at most `width` characters; what matters least goes first where there is little room. */
export function progressLine(
  { phase, progress, rate }: Required<TaskUpdate>,
  secondsLeft: number | null,
  width: number,
): string {
  const percent = progress === null ? '' : `${String(Math.floor(progress * 100)).padStart(3)} %`;
  const left = secondsLeft === null ? '' : `${clock(secondsLeft)} left`;
  const pace = rate === null ? '' : `${Math.round(rate.value).toLocaleString('en-GB')} ${rate.unit}/s`;
  const parts = [percent, left, pace].filter((part) => part !== '');
  while (parts.length > 1 && parts.join('  ').length > width - 24) parts.pop();
  const tail = parts.join('  ');
  const room = Math.max(0, width - tail.length - 2);
  const barWidth = progress === null ? 0 : Math.min(30, Math.max(0, room - 28));
  const label = fit(phase, Math.max(0, Math.min(34, room - (barWidth > 0 ? barWidth + 2 : 0))));
  const filled = Math.round((progress ?? 0) * barWidth);
  const bar = styleText('cyan', '█'.repeat(filled)) + styleText('dim', '░'.repeat(barWidth - filled));
  return [label, ...(barWidth > 0 ? [bar] : []), tail].filter((part) => part !== '').join('  ');
}

function fit(text: string, width: number): string {
  return (text.length > width ? `${text.slice(0, Math.max(0, width - 1))}…` : text).padEnd(width);
}

/** Minutes and seconds, or hours and minutes. */
export function clock(seconds: number): string {
  const pad = (value: number): string => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  if (minutes >= 60) return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)}`;
  return `${minutes}:${pad(Math.floor(seconds % 60))}`;
}
