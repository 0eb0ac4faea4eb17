import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { applicationMenu } from './menu.ts';

/** Every item, however deep. */
function flat(items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])]);
}

describe('applicationMenu', () => {
  it('sends the page what was chosen, under the usual keys', () => {
    const send = vi.fn();
    for (const { accelerator, click } of flat(applicationMenu('linux', false, send))) {
      if (click !== undefined && accelerator !== undefined) Reflect.apply(click, null, []);
    }
    expect(send.mock.calls).toEqual([['openTable'], ['openDicom'], ['openModel'], ['showProjects']]);
    const table = flat(applicationMenu('linux', false, send)).find((item) => item.label === 'Open &Table…');
    expect(table?.accelerator).toBe('CmdOrCtrl+O');
  });

  it.each(['linux', 'win32', 'darwin'] as const)('has no key twice on %s', (platform) => {
    const keys = flat(applicationMenu(platform, true, vi.fn())).flatMap((item) => item.accelerator ?? []);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('can copy and paste, zoom and quit', () => {
    const roles = flat(applicationMenu('linux', false, vi.fn())).map((item) => item.role);
    for (const role of ['editMenu', 'zoomIn', 'zoomOut', 'resetZoom', 'quit']) expect(roles).toContain(role);
    expect(flat(applicationMenu('darwin', false, vi.fn())).map((item) => item.role)).toContain('appMenu');
  });

  it('neither reloads nor opens the developer tools in a release, and opens no address ever', () => {
    const roles = flat(applicationMenu('linux', false, vi.fn())).map((item) => item.role);
    for (const role of ['reload', 'forceReload', 'toggleDevTools', 'viewMenu'])
      expect(roles).not.toContain(role);
    expect(flat(applicationMenu('linux', true, vi.fn())).map((item) => item.role)).toContain(
      'toggleDevTools',
    );
  });
});
