import { expect, it } from 'vitest';
import { completeRequest, keptRequest, needsPassphrase, openRequest } from './stored-request.ts';
import type { WorkRequest } from './stored-request.ts';

const passphrase = 'correct horse battery staple';
const rows = {
  projectId: 'p',
  path: '/out.csv.age',
  format: 'csv',
  rows: 10,
  seed: 1,
  overwrite: false,
} as const;
const sealed: WorkRequest = {
  kind: 'generate',
  input: { ...rows, protection: { by: 'passphrase', passphrase } },
};

it('keeps all of a request but its passphrase, and takes it back', () => {
  const kept = keptRequest(sealed);
  expect(kept).toBeDefined();
  expect(kept).not.toContain(passphrase);
  const opened = openRequest(kept ?? null);
  if (opened === null) throw new Error('nothing was kept');
  expect(needsPassphrase(opened)).toBe(true);
  expect(() => completeRequest(opened, undefined)).toThrow(expect.objectContaining({ code: 'job/conflict' }));
  expect(completeRequest(opened, passphrase)).toEqual(sealed);
  expect(completeRequest(opened, 'another passphrase')).toMatchObject({
    input: { protection: { passphrase: 'another passphrase' } },
  });
});

it('keeps keys, and needs nothing for them', () => {
  const recipients = ['age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj'];
  for (const request of [
    { kind: 'generate', input: { ...rows, protection: { by: 'recipients', recipients } } },
    { kind: 'export', input: { projectId: 'p', path: '/m.semblance', overwrite: true } },
  ] satisfies WorkRequest[]) {
    const opened = openRequest(keptRequest(request) ?? null);
    if (opened === null) throw new Error('nothing was kept');
    expect(needsPassphrase(opened)).toBe(false);
    expect(completeRequest(opened, undefined)).toEqual(request);
  }
});

it('understands nothing of another version’s requests', () => {
  expect(openRequest(null)).toBeNull();
  expect(openRequest('{"kind":"paint"}')).toBeNull();
});
