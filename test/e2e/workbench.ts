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
}
