import { EventEmitter } from 'node:events';
import { expect, it, vi } from 'vitest';
import { forbidDownloads } from './downloads.ts';

it('refuses every download', () => {
  const session = new EventEmitter();
  forbidDownloads(session);
  const event = { preventDefault: vi.fn() };
  session.emit('will-download', event);
  expect(event.preventDefault).toHaveBeenCalledOnce();
});
