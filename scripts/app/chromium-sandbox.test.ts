import { describe, expect, it } from 'vitest';
import { sandboxObstacle, type SandboxFacts } from './chromium-sandbox.ts';

const settings = (values: Record<string, string>) => (name: string) => values[name];
const desktop: SandboxFacts = {
  platform: 'linux',
  uid: 1000,
  setting: settings({ 'kernel/unprivileged_userns_clone': '1', 'user/max_user_namespaces': '63000' }),
  helper: () => 'idle',
};
const ubuntu: SandboxFacts = {
  ...desktop,
  setting: settings({ 'kernel/apparmor_restrict_unprivileged_userns': '1' }),
};

describe('sandboxObstacle', () => {
  it('finds none where user namespaces are for everybody, nor on other systems', () => {
    expect(sandboxObstacle('/e', desktop)).toBeUndefined();
    expect(sandboxObstacle('/e', { ...desktop, setting: () => undefined })).toBeUndefined();
    expect(sandboxObstacle('/e', { ...ubuntu, platform: 'darwin', uid: 501 })).toBeUndefined();
  });

  it('stops root before anything else', () => {
    expect(sandboxObstacle('/e', { ...desktop, uid: 0, helper: () => 'active' })).toContain('as root');
  });

  it('tells an ordinary user of a restricted system the command for this Electron', () => {
    expect(sandboxObstacle('/my apps/e', ubuntu)).toContain("sudo chmod 4755 '/my apps/e/chrome-sandbox'");
    expect(sandboxObstacle('/e', { ...ubuntu, helper: () => 'missing' })).toContain('sysctl');
    const debian = settings({ 'kernel/unprivileged_userns_clone': '0' });
    expect(sandboxObstacle('/e', { ...desktop, setting: debian })).toContain('user namespaces');
  });

  it('finds none where the helper may help', () => {
    expect(sandboxObstacle('/e', { ...ubuntu, helper: () => 'active' })).toBeUndefined();
  });
});
