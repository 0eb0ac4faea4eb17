import { expect, it } from 'vitest';
import { appOrigin, originOf } from './page-origin.ts';

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
