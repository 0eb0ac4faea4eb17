import type { MenuItemConstructorOptions } from 'electron';
import type { EventPayload } from '../shared/contract.ts';

export type Command = EventPayload<'app.command'>;

/**
 * The application menu. Whatever acts on projects is left to the page, which knows the state it is in.
 *
 * @param send Tells the page what was chosen.
 */
export function applicationMenu(
  platform: NodeJS.Platform,
  devTools: boolean,
  send: (command: Command) => void,
): MenuItemConstructorOptions[] {
  const mac = platform === 'darwin';
  const separator = { type: 'separator' } as const;
  const file: MenuItemConstructorOptions[] = [
    { label: 'Open &Table…', accelerator: 'CmdOrCtrl+O', click: () => send('openTable') },
    { label: 'Open &Model…', accelerator: 'CmdOrCtrl+Shift+O', click: () => send('openModel') },
    separator,
    { label: '&Projects', accelerator: 'CmdOrCtrl+Shift+P', click: () => send('showProjects') },
    separator,
    mac ? { role: 'close' } : { role: 'quit', accelerator: 'Ctrl+Q' },
  ];
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    // The same key without Shift, as every browser has it.
    { role: 'zoomIn', accelerator: 'CmdOrCtrl+=', visible: false },
    { role: 'zoomOut' },
    separator,
    { role: 'togglefullscreen' },
    ...(devTools ? [separator, { role: 'toggleDevTools' } as const] : []),
  ];
  return [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    { label: '&File', submenu: file },
    { role: 'editMenu' },
    { label: '&View', submenu: view },
    { role: 'windowMenu' },
    ...(mac ? [] : [{ label: '&Help', submenu: [{ role: 'about' }] } satisfies MenuItemConstructorOptions]),
  ];
}
