import type { MessageBoxOptions } from 'electron';
import { m } from '../shared/messages/messages.js';

/** The part of a window's page that this needs. */
export interface CrashingPage {
  on(event: 'render-process-gone', listener: (event: unknown, details: { reason: string }) => void): unknown;
  reload(): void;
}

/** Milliseconds within which a page that crashes again is not loaded again without asking. */
const crashLoop = 10_000;

const crashedTwice = (): MessageBoxOptions => ({
  type: 'error',
  message: m.shell_crashed_twice(),
  detail: m.shell_crashed_twice_detail(),
  buttons: [m.shell_close_semblance(), m.shell_show_again()],
  defaultId: 1,
  cancelId: 0,
  noLink: true,
});

/**
 * Shows a page again that has crashed. Nothing is lost with it, since jobs live in the engine; but one that crashes
 * over and over is not loaded over and over: the user decides.
 *
 * @param ask Shows a question and answers with the number of the button.
 * @param close Closes the window.
 */
export function showAgainAfterCrash(
  page: CrashingPage,
  ask: (options: MessageBoxOptions) => Promise<number>,
  close: () => void,
  now: () => number = () => performance.now(),
): void {
  let last = -Infinity;
  page.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    const again = now() - last < crashLoop;
    last = now();
    if (!again) {
      page.reload();
      return;
    }
    void ask(crashedTwice()).then((button) => {
      if (button !== 1) {
        close();
        return;
      }
      last = -Infinity;
      page.reload();
    });
  });
}
