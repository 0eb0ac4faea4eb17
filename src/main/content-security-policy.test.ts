import { expect, it } from 'vitest';
import { contentSecurityPolicy } from './content-security-policy.ts';

it('lets the page load its own files only', () => {
  expect(contentSecurityPolicy).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; " +
      "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
});
