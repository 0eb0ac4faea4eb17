import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import type { App } from './app.ts';
import { expect } from './test.ts';

/** The window as a person uses it: names on the screen, no selectors. */
export class Workbench {
  readonly app: App;
  readonly page: Page;

  constructor(app: App) {
    this.app = app;
    this.page = app.page;
  }

  heading(name: string): Locator {
    return this.page.getByRole('heading', { level: 1, name });
  }

  step(name: string): Locator {
    return this.page
      .getByRole('navigation', { name: 'Steps' })
      .getByRole('button', { name: new RegExp(`^${name}\\b`) });
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name });
  }

  get tray(): Locator {
    return this.page.getByRole('region', { name: 'Jobs', exact: true });
  }

  /** Opens a table by the system's dialog and waits until it has been read. */
  async open(path: string): Promise<void> {
    await this.app.answerOpenDialogs([path]);
    await this.button('Open a table…').click();
    await this.hasRead();
  }

  async hasRead(): Promise<void> {
    await expect(this.heading('Data')).toBeVisible();
    await expect(this.page.getByRole('table', { name: /Columns of the table/ })).toBeVisible({
      timeout: 30_000,
    });
  }

  /** Drops files of this computer on the window. */
  async drop(...paths: string[]): Promise<void> {
    const input = await this.page.evaluateHandle(() => {
      const element = document.createElement('input');
      element.type = 'file';
      element.multiple = true;
      return element;
    });
    await input.setInputFiles(paths);
    await input.evaluate((element) => {
      const transfer = new DataTransfer();
      for (const file of element.files ?? []) transfer.items.add(file);
      for (const type of ['dragenter', 'dragover', 'drop']) {
        document.body.dispatchEvent(
          new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }),
        );
      }
    });
  }

  /** Trains for so many minutes at most and waits for the end. */
  async train(minutes: string): Promise<void> {
    await this.step('Train').click();
    await this.page.getByLabel(/At most|^For/).fill(minutes);
    await this.button('Start training').click();
    await expect(this.button('Check the result')).toBeVisible({ timeout: 120_000 });
  }

  async theme(name: 'Light' | 'Dark'): Promise<void> {
    await this.button(/^Appearance/).click();
    await this.page.getByRole('menuitemradio', { name }).click();
    await expect(this.page.locator('html')).toHaveAttribute('data-theme', name.toLowerCase());
    await expect(this.page.getByRole('menu')).toHaveCount(0);
  }

  /** What axe finds wrong with the page as it stands, each with the elements concerned. */
  async faults(): Promise<string[]> {
    const { violations } = await new AxeBuilder({ page: this.page }).setLegacyMode().analyze();
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
  }

  /** English sentences in what is shown: four words in a row, which names of columns and files have not. */
  async english(): Promise<string[]> {
    return this.page.evaluate(() =>
      (document.body.innerText.match(/[A-Za-z]+(?: [a-z]+){3,}/g) ?? []).slice(0, 10),
    );
  }

  /** Texts that are cut off, and how far the page reaches beyond the side of the window. */
  async cut(): Promise<string[]> {
    return this.page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      const texts = [
        ...document.querySelectorAll('button, h1, h2, label, legend, p, th, td, dt, dd, li, span'),
      ];
      const cut = texts.filter((element) => {
        const style = getComputedStyle(element);
        const hides = style.overflowX !== 'visible' && style.textOverflow !== 'ellipsis';
        return hides && !element.closest('.sr-only') && element.scrollWidth > element.clientWidth + 1;
      });
      // Tables of rows scroll within their own frame; nothing else may be wider than its room.
      const frames = [...document.querySelectorAll('header, nav, main, .pane, .pane > section')];
      const wide = frames.filter((frame) => frame.scrollWidth > frame.clientWidth);
      return [
        ...cut.map((element) => `cut: ${element.textContent.trim().slice(0, 60)}`),
        ...wide.map((element) => `too wide: ${element.tagName} ${element.className}`),
        ...(scrollWidth > clientWidth ? [`too wide: the page, by ${scrollWidth - clientWidth} px`] : []),
      ];
    });
  }
}
