/** The main process: puts the parts together. Every part is explained where it is. */
import { forkEngine } from './no-network.ts';
import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  powerMonitor,
  protocol,
  safeStorage,
  session,
  utilityProcess,
  type Session,
} from 'electron';
import { ActiveJobs } from './active-jobs.ts';
import { appAnswers } from './app-answers.ts';
import { appScheme, serveApp } from './app-protocol.ts';
import { broadcast, relay, type Receiver } from './broadcast.ts';
import { ChosenPaths } from './chosen-paths.ts';
import { forbidDownloads } from './downloads.ts';
import { engineAnswer, appChannels, engineChannels, type AppChannel } from './engine-answers.ts';
import { EngineHost } from './engine-host.ts';
import { chooseEngineRuntime, forkOnElectron, forkOnNode } from './engine-process.ts';
import { handle, type Trust } from './handle.ts';
import { Language, preferLanguage } from './language.ts';
import { answerQuestion } from './key-store.ts';
import { endAfter } from './last-words.ts';
import { applicationMenu, type Command } from './menu.ts';
import { forbidNavigation } from './navigation.ts';
import { closeSession, silenceChromium } from './network-guard.ts';
import { appOrigin } from './page-origin.ts';
import { denyPermissions } from './permissions.ts';
import { recall } from './remembered.ts';
import { openWindow } from './window.ts';

/** Milliseconds the engine may take to put its work away when the app closes: a step of learning may be slow. */
const grace = 15_000;

// This file is out/main/index.cjs.
const root = join(__dirname, '../..');
const devTools = !app.isPackaged;

app.enableSandbox();
silenceChromium(app);
preferLanguage(app, recall(memoryFile()).language);
forbidNavigation(app);
protocol.registerSchemesAsPrivileged([appScheme]);

const end = (error: unknown) => endAfter(error, dialog, app, reportDefect);
process.on('uncaughtException', end);

if (app.requestSingleInstanceLock()) start().catch(end);
else app.quit();

async function start(): Promise<void> {
  app.on('session-created', (created) => void secure(created));
  await app.whenReady();
  await secure(session.defaultSession);
  serveApp(protocol, join(root, 'out/renderer'));

  const memory = memoryFile();
  const remembered = recall(memory);
  nativeTheme.themeSource = remembered.theme ?? 'system';
  const language = new Language(remembered.language ?? 'system', () => app.getPreferredSystemLanguages());
  const jobs = new ActiveJobs();
  const engine = createEngineHost(jobs);
  const paths = new ChosenPaths();
  answerPages(engine, paths, memory, language);
  endEngineOnQuit(engine);

  showMenu();
  app.setAboutPanelOptions({ applicationName: 'Semblance', applicationVersion: app.getVersion() });
  const window = openWindow(join(root, 'out/preload/index.cjs'), memory, devTools, () => jobs.question());
  // A page that has just loaded has missed what the engine said before.
  window.webContents.on('did-finish-load', () => broadcast(pages(), 'engine.state', engine.state));
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  powerMonitor.on('suspend', () => engine.power(true));
  powerMonitor.on('resume', () => engine.power(false));
  engine.start();
}

function memoryFile(): string {
  return join(app.getPath('userData'), 'window.json');
}

/** The application menu, in the present language. */
function showMenu(): void {
  const send = (command: Command) => broadcast(pages(), 'app.command', command);
  Menu.setApplicationMenu(Menu.buildFromTemplate(applicationMenu(process.platform, devTools, send)));
}

async function secure(session: Session): Promise<void> {
  denyPermissions(session);
  forbidDownloads(session);
  await closeSession(session, devTools);
}

function createEngineHost(jobs: ActiveJobs): EngineHost {
  const entry = join(root, 'out/engine/main.mjs');
  const trial = join(root, 'out/engine/device-trial.mjs');
  const args = [
    '--data',
    join(app.getPath('userData'), 'engine'),
    '--resources',
    app.isPackaged ? join(process.resourcesPath, 'resources') : join(root, 'resources'),
  ];
  return new EngineHost({
    start: () => {
      const chosen = app.isPackaged ? undefined : process.env.SEMBLANCE_NODE;
      const runtime = chooseEngineRuntime(process.versions.node, chosen, root);
      return runtime.kind === 'node'
        ? forkOnNode(forkEngine, runtime.executable, entry, args)
        : forkOnElectron(utilityProcess, session.defaultSession, { engine: entry, trial }, args);
    },
    onEvent: (event, payload) => {
      jobs.hear(event, payload);
      relay(pages(), event, payload, reportDefect);
    },
    onState: (state) => {
      if (state.state !== 'ready') jobs.forget();
      broadcast(pages(), 'engine.state', state);
    },
    onQuestion: (question) => answerQuestion(question, safeStorage, process.platform),
    report: reportDefect,
  });
}

function answerPages(engine: EngineHost, paths: ChosenPaths, memory: string, language: Language): void {
  const trust: Trust = {
    origin: appOrigin,
    isOwnWindow: (id) => BrowserWindow.getAllWindows().some((window) => window.webContents.id === id),
  };
  const own = appAnswers(onlyWindow, paths, memory, language, showMenu);
  const answerOwn = <C extends AppChannel>(channel: C) =>
    handle(ipcMain, channel, trust, own[channel], reportDefect);
  for (const channel of appChannels) answerOwn(channel);
  const ask = engine.call.bind(engine);
  for (const channel of engineChannels) {
    handle(ipcMain, channel, trust, engineAnswer(channel, ask, paths), reportDefect);
  }
}

/** The app ends only once the engine has put its work away, or has had its time to. */
function endEngineOnQuit(engine: EngineHost): void {
  let ended = false;
  app.on('will-quit', (event) => {
    if (ended) return;
    event.preventDefault();
    void engine.shutdown(grace).then(() => {
      ended = true;
      // Not within will-quit itself, where this still is when the engine was gone already: Electron would hang.
      setImmediate(() => app.quit());
    });
  });
}

function pages(): Receiver[] {
  return BrowserWindow.getAllWindows().map((window) => window.webContents);
}

function onlyWindow(): BrowserWindow {
  const [window] = BrowserWindow.getAllWindows();
  if (window === undefined) throw new Error('There is no window.');
  return window;
}

/** Defects are for developers: they go to the terminal that started the app, and nowhere else. */
function reportDefect(message: string): void {
  console.error(`[semblance] ${message}`);
}
