import type { Locator, Page } from '@playwright/test';
import { expect } from './test.ts';

/** The window without a mouse. */
export class Keyboard {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Presses keys one after the other. */
  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.#page.keyboard.press(key);
  }

  /**
   * Tabs on until the control has the focus.
   *
   * @throws Error when it is not reached.
   */
  async tabTo(control: Locator): Promise<void> {
    await expect(control).toBeEnabled();
    for (let presses = 0; presses < 150; presses++) {
      if (await control.evaluate((element) => element === document.activeElement)) return;
      await this.press('Tab');
    }
    throw new Error(`Not reached by the keyboard: ${String(control)}`);
  }

  /** Tabs to the control and presses it. */
  async enter(control: Locator): Promise<void> {
    await this.tabTo(control);
    await this.press('Enter');
  }

  /** Tabs to the field and types in the place of what is there. */
  async type(field: Locator, text: string): Promise<void> {
    await this.tabTo(field);
    await this.press('Control+a');
    await this.#page.keyboard.type(text);
  }
}
