/** Watches a page from within: how far its frames are apart, how long its tasks take, how long calls to the engine. */
import type { Page } from '@playwright/test';

/** What was seen, in milliseconds. */
export interface Smoothness {
  /** Between one frame and the next. */
  readonly frames: readonly number[];
  /** Tasks of the page of more than 50 ms, as its own observer tells them. */
  readonly longTasks: readonly number[];
  /** From a call of the page to its answer, by channel. */
  readonly calls: Readonly<Record<string, readonly number[]>>;
  /** Calls that were answered by an error, by channel. */
  readonly refused: readonly string[];
}

export interface Watch {
  /** Forgets what was seen, as at the beginning of what is measured. */
  begin(): Promise<void>;
  end(): Promise<Smoothness>;
}

/**
 * Begins to watch. Calls that only read are made all the while, one at a time, four a second, as a page that is
 * used makes them.
 */
export async function watchPage(page: Page, projectId: string): Promise<Watch> {
  const handle = await page.evaluateHandle((projectId) => {
    let frames: number[] = [];
    let longTasks: number[] = [];
    let calls: Record<string, number[]> = {};
    const refused = new Set<string>();
    let ended = false;

    let latest = performance.now();
    const frame = (now: number) => {
      frames.push(now - latest);
      latest = now;
      if (!ended) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    const observer = new PerformanceObserver((list) => {
      longTasks.push(...list.getEntries().map(({ duration }) => duration));
    });
    observer.observe({ type: 'longtask' });

    const { call } = window.semblance;
    const reading = [
      ['app.info', () => call('app.info')],
      ['store.state', () => call('store.state')],
      ['projects.list', () => call('projects.list')],
      ['projects.get', () => call('projects.get', { projectId })],
      ['jobs.list', () => call('jobs.list')],
      ['devices.list', () => call('devices.list')],
      ['exports.signer', () => call('exports.signer')],
      ['data.preview', () => call('data.preview', { projectId, offset: 20_000, limit: 100 })],
      ['model.sample', () => call('model.sample', { projectId, rows: 20, seed: 1 })],
    ] as const;
    const ask = async () => {
      for (let at = 0; !ended; at = (at + 1) % reading.length) {
        const [channel, make] = reading[at]!;
        const began = performance.now();
        const reply = await make();
        (calls[channel] ??= []).push(performance.now() - began);
        if (!reply.ok) refused.add(channel);
        await new Promise((later) => setTimeout(later, 250));
      }
    };
    void ask();

    return {
      begin: () => {
        frames = [];
        longTasks = [];
        calls = {};
      },
      end: () => {
        ended = true;
        observer.disconnect();
        return { frames, longTasks, calls, refused: [...refused] };
      },
    };
  }, projectId);
  return {
    begin: () => handle.evaluate((watch) => watch.begin()),
    end: () => handle.evaluate((watch) => watch.end()),
  };
}
