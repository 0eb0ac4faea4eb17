import { EventEmitter } from 'node:events';
import type { MessageBoxOptions } from 'electron';
import { expect, it, vi } from 'vitest';
import { confirmClose } from './confirm-close.ts';

/** A window that closes as Electron's does: it tells first, and stays when it is prevented. */
class FakeWindow extends EventEmitter {
  closed = false;
  close(): void {
    const preventDefault = vi.fn();
    this.emit('close', { preventDefault });
    if (preventDefault.mock.calls.length === 0) this.closed = true;
  }
}

const training: MessageBoxOptions = { message: 'Training is running.' };

it('closes at once where there is nothing to ask', () => {
  const window = new FakeWindow();
  const ask = vi.fn();
  confirmClose(window, () => undefined, ask);
  window.close();
  expect(window.closed).toBe(true);
  expect(ask).not.toHaveBeenCalled();
});

it('stays when the user wants to, asks again the next time, and closes when they agree', async () => {
  const window = new FakeWindow();
  const ask = vi.fn().mockResolvedValueOnce(0).mockResolvedValueOnce(1);
  confirmClose(window, () => training, ask);
  window.close();
  await Promise.resolve();
  expect(window.closed).toBe(false);
  window.close();
  await Promise.resolve();
  expect(window.closed).toBe(true);
  expect(ask).toHaveBeenCalledTimes(2);
});

it('does not ask twice at once', () => {
  const window = new FakeWindow();
  const ask = vi.fn(() => new Promise<number>(() => {}));
  confirmClose(window, () => training, ask);
  window.close();
  window.close();
  expect(ask).toHaveBeenCalledOnce();
  expect(window.closed).toBe(false);
});
