import type { App, Dialog } from 'electron';
import { m } from '../shared/messages/messages.js';
import type { ReportDefect } from './handle.ts';

/**
 * Ends the app after an error that nothing has caught, with words instead of Electron's stack trace.
 * The engine sees that its parent is gone and puts its work away.
 */
export function endAfter(
  error: unknown,
  dialog: Pick<Dialog, 'showErrorBox'>,
  app: Pick<App, 'exit'>,
  report: ReportDefect,
): void {
  // Not its message, which may quote a path or worse; where it happened is enough to find it.
  const place = error instanceof Error ? (error.stack?.match(/^\s+at .*$/m)?.[0].trim() ?? '') : '';
  // eslint-disable-next-line semblance/words-in-messages -- for the terminal
  report(`Main has failed: ${error instanceof Error ? error.name : typeof error} ${place}`.trim());
  dialog.showErrorBox(m.shell_has_to_close(), m.shell_has_to_close_detail());
  app.exit(1);
}
