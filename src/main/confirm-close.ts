import type { MessageBoxOptions } from 'electron';

/** The part of a window that this needs. Quitting closes the window too, and stops where the window stays. */
export interface Closable {
  on(event: 'close', listener: (event: { preventDefault(): void }) => void): unknown;
  close(): void;
}

/**
 * Has the user asked before the window closes, where there is something to ask.
 *
 * @param question What to ask now; undefined for nothing. Its second button agrees.
 * @param ask Shows it as belonging to the window, and answers with the number of the button.
 */
export function confirmClose(
  window: Closable,
  question: () => MessageBoxOptions | undefined,
  ask: (options: MessageBoxOptions) => Promise<number>,
): void {
  let agreed = false;
  let asking = false;
  window.on('close', (event) => {
    const options = agreed ? undefined : question();
    if (options === undefined) return;
    event.preventDefault();
    if (asking) return;
    asking = true;
    void ask(options).then(
      (button) => {
        asking = false;
        if (button !== 1) return;
        agreed = true;
        window.close();
      },
      () => {
        asking = false;
      },
    );
  });
}
