import { localeOf, speak, type LanguageChoice, type Locale } from '../../shared/language.ts';

/**
 * The language of the window: the user's choice, or that of the system. Messages are read anew wherever they are
 * shown when it changes. Main remembers the choice, and makes Chromium prefer it, so that the page begins in the
 * right language before it has been told.
 */
export class Language {
  choice = $state<LanguageChoice>('system');
  locale = $state<Locale>(localeOf('system', navigator.languages));

  constructor() {
    speak(() => this.locale);
    this.#show();
  }

  /** Takes in what main says: the choice, and what it comes to on this system. */
  take(choice: LanguageChoice, locale: Locale): void {
    this.choice = choice;
    this.locale = locale;
    this.#show();
  }

  #show(): void {
    document.documentElement.lang = this.locale;
  }
}
