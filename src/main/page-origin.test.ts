import { describe, expect, it } from 'vitest';
import { appOrigin, devServerOrigin, originOf } from './page-origin.ts';

describe('originOf', () => {
  it('knows the origin of the app scheme, which URL.origin does not', () => {
    expect(originOf('app://semblance/assets/index.js?x#y')).toBe(appOrigin);
    expect(originOf('app://other/index.html')).not.toBe(appOrigin);
    expect(originOf('app://semblance.example/index.html')).not.toBe(appOrigin);
    expect(originOf('app://semblance@evil/index.html')).not.toBe(appOrigin);
  });

  it('is undefined for what is no address', () => {
    expect(originOf('')).toBeUndefined();
    expect(originOf('semblance')).toBeUndefined();
  });
});

describe('devServerOrigin', () => {
  it('accepts a server on this machine', () => {
    for (const origin of ['http://localhost:5173', 'http://127.0.0.1:5173', 'http://[::1]:5173']) {
      expect(devServerOrigin(false, { ELECTRON_RENDERER_URL: `${origin}/` })).toBe(origin);
    }
  });

  it('never accepts one in a packaged app', () => {
    expect(devServerOrigin(true, { ELECTRON_RENDERER_URL: 'http://localhost:5173' })).toBeUndefined();
  });

  it('accepts no other machine and no other scheme', () => {
    for (const address of [
      'https://example.com',
      'http://example.com:80',
      'http://localhost.example.com:5173',
      'http://localhost@example.com:5173',
      'file:///tmp/index.html',
      'javascript:alert(1)',
      'nonsense',
    ]) {
      expect(devServerOrigin(false, { ELECTRON_RENDERER_URL: address }), address).toBeUndefined();
    }
    expect(devServerOrigin(false, {})).toBeUndefined();
  });
});
