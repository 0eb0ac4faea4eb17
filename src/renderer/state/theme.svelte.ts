import type { Input } from '../../shared/contract.ts';

export type ThemeChoice = Input<'app.setTheme'>;

/**
 * Light or dark: the user's choice, or what the system says. The page shows it as `data-theme`. Main remembers the
 * choice, and makes Chromium prefer it, so that the page is right before it has been told.
 */
export class Theme {
  choice = $state<ThemeChoice>('system');
  readonly #system = matchMedia('(prefers-color-scheme: dark)');
  #systemDark = $state(this.#system.matches);
  readonly dark = $derived(this.choice === 'dark' || (this.choice === 'system' && this.#systemDark));

  constructor() {
    this.#system.addEventListener('change', (event) => {
      this.#systemDark = event.matches;
      this.#show();
    });
    this.#show();
  }

  choose(choice: ThemeChoice): void {
    this.choice = choice;
    this.#show();
  }

  #show(): void {
    document.documentElement.dataset.theme = this.dark ? 'dark' : 'light';
  }
}
