import type { WebPreferences } from 'electron';

/**
 * What a page may do: draw, and call what the preload exposes. It has no Node, runs in the sandbox
 * and in a world of its own. Spelled out, also where it is Electron's default.
 *
 * @param preload Absolute path of the preload script.
 */
export function webPreferences(preload: string, devTools: boolean): WebPreferences {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    devTools,
  };
}
