import type { MenuItemConstructorOptions } from 'electron';
import type { EventPayload } from '../shared/contract.ts';
import { m } from '../shared/messages/messages.js';

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
    { label: m.shell_menu_open_table(), accelerator: 'CmdOrCtrl+O', click: () => send('openTable') },
    { label: m.shell_menu_open_dicom(), accelerator: 'CmdOrCtrl+D', click: () => send('openDicom') },
    { label: m.shell_menu_open_model(), accelerator: 'CmdOrCtrl+Shift+O', click: () => send('openModel') },
    separator,
    { label: m.shell_menu_projects(), accelerator: 'CmdOrCtrl+Shift+P', click: () => send('showProjects') },
    separator,
    mac
      ? { role: 'close', label: m.shell_menu_close() }
      : { role: 'quit', label: m.shell_menu_quit(), accelerator: 'Ctrl+Q' },
  ];
  // Electron's own labels are English: each is named here, also where its role would name it.
  const edit: MenuItemConstructorOptions[] = [
    { role: 'undo', label: m.shell_menu_undo() },
    { role: 'redo', label: m.shell_menu_redo() },
    separator,
    { role: 'cut', label: m.shell_menu_cut() },
    { role: 'copy', label: m.shell_menu_copy() },
    { role: 'paste', label: m.shell_menu_paste() },
    { role: 'selectAll', label: m.shell_menu_select_all() },
  ];
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom', label: m.shell_menu_reset_zoom() },
    { role: 'zoomIn', label: m.shell_menu_zoom_in() },
    // The same key without Shift, as every browser has it.
    { role: 'zoomIn', accelerator: 'CmdOrCtrl+=', visible: false },
    { role: 'zoomOut', label: m.shell_menu_zoom_out() },
    separator,
    { role: 'togglefullscreen', label: m.shell_menu_full_screen() },
    ...(devTools ? [separator, { role: 'toggleDevTools', label: m.shell_menu_dev_tools() } as const] : []),
  ];
  return [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    { label: m.shell_menu_file(), submenu: file },
    { role: 'editMenu', label: m.shell_menu_edit(), submenu: edit },
    { label: m.shell_menu_view(), submenu: view },
    {
      role: 'windowMenu',
      label: m.shell_menu_window(),
      submenu: [
        { role: 'minimize', label: m.shell_menu_minimize() },
        { role: 'close', label: m.shell_menu_close() },
      ],
    },
    ...(mac
      ? []
      : [
          {
            label: m.shell_menu_help(),
            submenu: [{ role: 'about', label: m.shell_menu_about() }],
          } satisfies MenuItemConstructorOptions,
        ]),
  ];
}
