/** The only object the page sees, and all it can do. Runs in the sandbox: no Node, no schemas, no state. */
import * as electron from 'electron';
import { isChannel, isEventName } from '../shared/channels.ts';
import type { Output, Reply, SemblanceApi } from '../shared/contract.ts';
import type { ErrorKey } from '../shared/errors.ts';
import { pathOf } from './path-of.ts';

const { contextBridge, ipcRenderer } = electron;

const refused: Reply<never> = {
  ok: false,
  error: {
    code: 'request/invalid',
    // The window has the words for it; they are not worth carrying a catalogue into the sandbox.
    message: 'not_sent',
    fix: '',
    said: { key: 'not_sent' satisfies ErrorKey, values: {} },
  },
};

const api: SemblanceApi = {
  call: async (channel, ...input) => {
    if (!isChannel(channel)) return refused;
    try {
      // handle() in main has checked it.
      return (await ipcRenderer.invoke(channel, input[0])) as Reply<Output<typeof channel>>;
    } catch {
      // Only when the input cannot be cloned, or main is gone: main itself answers, it never throws.
      return refused;
    }
  },
  on: (event, listener) => {
    if (!isEventName(event)) return () => {};
    // The page gets the payload, never Electron's event: that would lead back to the sender.
    const receive = (_event: unknown, payload: Parameters<typeof listener>[0]) => listener(payload);
    ipcRenderer.on(event, receive);
    return () => void ipcRenderer.off(event, receive);
  },
  pathOf: (file) => pathOf(file, electron),
};

contextBridge.exposeInMainWorld('semblance', api);
