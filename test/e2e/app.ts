import type { ChildProcess } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { sandboxObstacle } from '../../scripts/app/chromium-sandbox.ts';

const root = join(import.meta.dirname, '../..');
const withoutSandbox = join(import.meta.dirname, 'without-chromium-sandbox.cjs');
const screenshots = join(root, 'test-results', 'screenshots');

/**
 * A virtual screen has no graphics card. Chromium finds that out by a GPU process that fails, and about once in a
 * hundred starts of Electron 25 the page then waits for that process for ever.
 */
const withoutGpu = '--disable-gpu';

/** Build machines are recognised by these, and some native telemetry then keeps still by itself: not in front of us. */
const asAtHome = Object.fromEntries(
  ['CI', 'TF_BUILD', 'GITHUB_ACTIONS', 'GITLAB_CI', 'BUILD_BUILDID', 'JENKINS_URL'].map((name) => [name, '']),
);

/** Of every test's store, where the test says nothing else: no key store is to be had on a virtual screen. */
export const passphrase = 'correct horse battery staple';

/** What the window says while the store is locked, in English and Chinese. */
const words = {
  newPassphrase: /^\s*(New passphrase|新口令)\s*$/,
  again: /^\s*(The same once more|再输入一次)\s*$/,
  passphrase: /^\s*(Passphrase|口令)\s*$/,
  goOn: /^(Go on|继续)$/,
  recoveryKey: /^(Recovery key|恢复密钥)$/,
  lastGroup: /last group|最后一组/,
  haveIt: /^(I have it|我已记下)$/,
  unlock: /^(Unlock|解锁)$/,
  stored: /^(What is stored on this machine|这台电脑上保存的内容)$/,
};

/**
 * Whether Chromium's own sandbox can start here. Where it cannot, the tests run without it; the app itself never
 * switches it off.
 */
function chromiumSandboxWorks(): boolean {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(root, 'node_modules/electron/dist');
  return sandboxObstacle(folder) === undefined;
}

/** The built app, running in a real window. */
export class App {
  readonly electron: ElectronApplication;
  readonly page: Page;
  /** What went wrong in the page without a test asking: console errors, uncaught errors, blocked content. */
  readonly complaints: string[];
  /** Everything the main process and the engine print. */
  readonly log: string[];

  /** Kept here: an app that has ended no longer tells it. */
  readonly #process: ChildProcess;
  #closed = false;

  private constructor(electron: ElectronApplication, page: Page, complaints: string[], log: string[]) {
    this.electron = electron;
    this.#process = electron.process();
    this.page = page;
    this.complaints = complaints;
    this.log = log;
  }

  /**
   * Starts the app of `out/`.
   *
   * @param userData Folder of its store and settings; two starts on one folder are a restart.
   * @param env Environment variables besides those of the test run.
   * @param preloads Files that main loads before the app.
   */
  static async start(
    userData: string,
    env: Record<string, string> = {},
    preloads: readonly string[] = [],
  ): Promise<App> {
    const inherited = Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    );
    const sandbox = chromiumSandboxWorks();
    const loaded = [...(sandbox ? [] : [withoutSandbox]), ...preloads];
    const electron = await _electron.launch({
      args: [withoutGpu, ...loaded.flatMap((file) => ['-r', file]), '.', `--user-data-dir=${userData}`],
      cwd: root,
      env: { ...Object.fromEntries(inherited), ...asAtHome, ...env },
      chromiumSandbox: sandbox,
      timeout: 30_000,
    });
    const complaints: string[] = [];
    const log: string[] = [];
    const context = electron.context();
    context.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    context.on('weberror', (error) => complaints.push(String(error.error())));
    const { stdout, stderr } = electron.process();
    for (const stream of [stdout, stderr]) {
      stream?.on('data', (chunk: Buffer) => log.push(...chunk.toString().split('\n').filter(Boolean)));
    }
    const page = await electron.firstWindow();
    await page.waitForLoadState('load');
    return new App(electron, page, complaints, log);
  }

  /**
   * Sets the store up, or unlocks it: at the first start with the test's passphrase, at every later one by it.
   * Whatever asks for it later, as an engine that has been started again does, gets it as well.
   */
  async openStore(): Promise<void> {
    const { page } = this;
    const confirm = page.getByRole('button', { name: words.haveIt });
    const unlock = page.getByRole('button', { name: words.unlock });
    const fresh = page.getByLabel(words.again);
    const open = page.getByRole('button', { name: words.stored });
    await fresh.or(unlock).or(open).first().waitFor({ timeout: 60_000 });
    if (await fresh.isVisible()) {
      await page.getByLabel(words.newPassphrase).fill(passphrase);
      await fresh.fill(passphrase);
      await page.getByRole('button', { name: words.goOn }).click();
      const key = await page.getByRole('group', { name: words.recoveryKey }).innerText({ timeout: 60_000 });
      await page.getByLabel(words.lastGroup).fill(key.trim().slice(-5));
      await confirm.click();
    } else if (await unlock.isVisible()) await this.#unlock();
    await open.waitFor({ timeout: 60_000 });
    await page.addLocatorHandler(unlock, () => this.#unlock());
  }

  async #unlock(): Promise<void> {
    await this.page.getByLabel(words.passphrase).fill(passphrase);
    await this.page.getByRole('button', { name: words.unlock }).click();
  }

  /** The next save dialogs come back with `path`, as if chosen there; null dismisses them. */
  async answerSaveDialogs(path: string | null): Promise<void> {
    await this.electron.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () =>
        Promise.resolve({ canceled: filePath === null, filePath: filePath ?? '', bookmark: '' });
    }, path);
  }

  /** The next open dialogs come back with `paths`, as if chosen there; an empty list dismisses them. */
  async answerOpenDialogs(paths: string[]): Promise<void> {
    await this.electron.evaluate(({ dialog }, filePaths) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: filePaths.length === 0, filePaths });
    }, paths);
  }

  /**
   * The next questions in a box of the system are answered with this button, the first being 0.
   *
   * @returns What has been asked since.
   */
  async answerQuestions(button: number): Promise<() => Promise<string[]>> {
    const asked = await this.electron.evaluateHandle(({ dialog }, response) => {
      const messages: string[] = [];
      dialog.showMessageBox = (...args: unknown[]) => {
        const options = args.at(-1);
        const told = typeof options === 'object' && options !== null && 'message' in options;
        messages.push(told ? String(options.message) : '');
        return Promise.resolve({ response, checkboxChecked: false });
      };
      return messages;
    }, button);
    return () => asked.jsonValue();
  }

  /** Saves what the window shows as `test-results/screenshots/NAME.png`. */
  async screenshot(name: string): Promise<Buffer> {
    await mkdir(screenshots, { recursive: true });
    return this.page.screenshot({ path: join(screenshots, `${name}.png`) });
  }

  /** Saves the window as `screenshot` does, but as it is drawn: Playwright's own pictures take no zoom into account. */
  async capture(name: string): Promise<void> {
    await mkdir(screenshots, { recursive: true });
    // Colours that still change, and a frame that shows them.
    await this.page.evaluate(async () => {
      const finite = document
        .getAnimations()
        .filter((one) => one.effect?.getTiming().iterations !== Infinity);
      await Promise.allSettled(finite.map((one) => one.finished));
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    });
    const png = await this.electron.evaluate(async ({ BrowserWindow }) => {
      const image = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage();
      return image?.toPNG().toString('base64') ?? '';
    });
    await writeFile(join(screenshots, `${name}.png`), Buffer.from(png, 'base64'));
  }

  /**
   * Closes the window and waits until the app has ended; does nothing the second time.
   *
   * @throws Error when it does not end by itself; it is killed then.
   */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    // A test may end while a job runs. The app asks then, and nobody would answer.
    await this.answerQuestions(1).catch(() => {});
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      this.#process.kill('SIGKILL');
    }, 20_000);
    await this.electron.close();
    clearTimeout(timer);
    if (late) throw new Error('The app did not end within 20 seconds of closing.');
  }
}
