import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { forbidNavigation, mayNavigate } from './navigation.ts';

describe('mayNavigate', () => {
  it('lets nobody go anywhere, not even within the app', () => {
    for (const address of [
      'https://example.com',
      'app://semblance/index.html',
      'file:///etc/passwd',
      'data:,x',
    ]) {
      expect(mayNavigate(address, undefined)).toBe(false);
    }
  });

  it('lets the development server reload its page', () => {
    expect(mayNavigate('http://localhost:5173/', 'http://localhost:5173')).toBe(true);
    expect(mayNavigate('http://localhost:5174/', 'http://localhost:5173')).toBe(false);
    expect(mayNavigate('https://example.com', 'http://localhost:5173')).toBe(false);
  });
});

describe('forbidNavigation', () => {
  it('refuses navigation, redirection, frames, windows and webviews of every page', () => {
    const app = new EventEmitter();
    const setWindowOpenHandler = vi.fn<(handler: () => { action: string }) => void>();
    const contents = Object.assign(new EventEmitter(), { setWindowOpenHandler });
    forbidNavigation(app, undefined);
    app.emit('web-contents-created', {}, contents);

    for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview']) {
      const event = { url: 'https://example.com', preventDefault: vi.fn() };
      contents.emit(name, event);
      expect(event.preventDefault, name).toHaveBeenCalledOnce();
    }
    expect(setWindowOpenHandler.mock.lastCall?.[0]()).toEqual({ action: 'deny' });
  });
});
