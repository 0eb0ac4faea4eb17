import { expect, it } from 'vitest';
import { contentSecurityPolicy, devContentSecurityPolicy } from './content-security-policy.ts';

it('lets the built page load its own files only', () => {
  expect(contentSecurityPolicy).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; " +
      "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
});

it('lets the page of the development server talk to that server, and still run no inline script', () => {
  const policy = devContentSecurityPolicy('http://localhost:5173');
  expect(policy).toContain("connect-src 'self' ws://localhost:5173;");
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe-eval|\*/);
});
