import type { Session } from 'electron';
import { expect, it, vi } from 'vitest';
import { denyPermissions } from './permissions.ts';

it('denies requests, checks and devices, whatever they are', () => {
  const session = {
    setPermissionRequestHandler: vi.fn<Session['setPermissionRequestHandler']>(),
    setPermissionCheckHandler: vi.fn<Session['setPermissionCheckHandler']>(),
    setDevicePermissionHandler: vi.fn<Session['setDevicePermissionHandler']>(),
  };
  denyPermissions(session);

  const granted = vi.fn();
  for (const permission of ['media', 'geolocation', 'clipboard-read', 'unknown']) {
    Reflect.apply(session.setPermissionRequestHandler.mock.lastCall?.[0] ?? granted, null, [
      null,
      permission,
      granted,
    ]);
  }
  expect(granted.mock.calls).toEqual([[false], [false], [false], [false]]);
  expect(Reflect.apply(session.setPermissionCheckHandler.mock.lastCall?.[0] ?? granted, null, [])).toBe(
    false,
  );
  expect(Reflect.apply(session.setDevicePermissionHandler.mock.lastCall?.[0] ?? granted, null, [])).toBe(
    false,
  );
});
