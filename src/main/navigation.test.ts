import { EventEmitter } from 'node:events';
import { expect, it, vi } from 'vitest';
import { forbidNavigation } from './navigation.ts';

it('refuses navigation, redirection, frames, windows and webviews of every page', () => {
  const app = new EventEmitter();
  const setWindowOpenHandler = vi.fn<(handler: () => { action: string }) => void>();
  const contents = Object.assign(new EventEmitter(), { setWindowOpenHandler });
  forbidNavigation(app);
  app.emit('web-contents-created', {}, contents);

  for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview']) {
    const event = { preventDefault: vi.fn() };
    contents.emit(name, event);
    expect(event.preventDefault, name).toHaveBeenCalledOnce();
  }
  expect(setWindowOpenHandler.mock.lastCall?.[0]()).toEqual({ action: 'deny' });
});
