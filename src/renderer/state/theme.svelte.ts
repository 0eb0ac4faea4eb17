export type ThemeChoice = 'light' | 'dark' | 'system';

const key = 'semblance.theme';
const choices: readonly string[] = ['light', 'dark', 'system'];

function stored(): ThemeChoice | null {
  const value = localStorage.getItem(key);
  return value !== null && isChoice(value) ? value : null;
}

function isChoice(value: string): value is ThemeChoice {
  return choices.includes(value);
}

/** Light or dark: the user's choice, or what the system says. The page shows it as `data-theme`. */
export class Theme {
  /** What was chosen before; null when nothing ever was. */
  readonly remembered = stored();
  choice = $state<ThemeChoice>(this.remembered ?? 'system');
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
    localStorage.setItem(key, choice);
    this.#show();
  }

  #show(): void {
    document.documentElement.dataset.theme = this.dark ? 'dark' : 'light';
  }
}
