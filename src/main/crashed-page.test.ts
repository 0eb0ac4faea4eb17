import { EventEmitter } from 'node:events';
import { beforeEach, expect, it, vi } from 'vitest';
import { showAgainAfterCrash } from './crashed-page.ts';

const page = Object.assign(new EventEmitter(), { reload: vi.fn() });
const ask = vi.fn();
const close = vi.fn();
let time = 0;

beforeEach(() => {
  vi.resetAllMocks();
  page.removeAllListeners();
  showAgainAfterCrash(page, ask, close, () => time);
});

async function crash(at: number, reason = 'crashed'): Promise<void> {
  time = at;
  page.emit('render-process-gone', {}, { reason });
  await Promise.resolve();
}

it('shows a page again that has crashed, and asks before it does so twice within ten seconds', async () => {
  ask.mockResolvedValueOnce(1).mockResolvedValueOnce(0);
  await crash(0);
  await crash(20_000);
  expect(page.reload).toHaveBeenCalledTimes(2);
  expect(ask).not.toHaveBeenCalled();
  await crash(25_000);
  expect(ask).toHaveBeenCalledOnce();
  expect(page.reload).toHaveBeenCalledTimes(3);
  await crash(26_000);
  await crash(27_000);
  expect(ask).toHaveBeenCalledTimes(2);
  expect(close).toHaveBeenCalledOnce();
});

it('leaves a page alone that has ended as it should', async () => {
  await crash(0, 'clean-exit');
  expect(page.reload).not.toHaveBeenCalled();
});
