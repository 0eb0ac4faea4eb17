import { localeOf, speak, type LanguageChoice, type Locale } from '../shared/language.ts';

/** The language of menus, dialogs and the window: the user's choice, or that of the system. */
export class Language {
  #choice: LanguageChoice;
  readonly #preferred: () => readonly string[];

  /** @param preferred Languages of the system, the favourite first. */
  constructor(choice: LanguageChoice, preferred: () => readonly string[]) {
    this.#choice = choice;
    this.#preferred = preferred;
    speak(() => this.locale);
  }

  get choice(): LanguageChoice {
    return this.#choice;
  }

  get locale(): Locale {
    return localeOf(this.#choice, this.#preferred());
  }

  choose(choice: LanguageChoice): void {
    this.#choice = choice;
  }
}

/** The part of Electron's App that sets what Chromium tells pages of the user's language, before it is ready. */
export interface CommandLine {
  readonly commandLine: { appendSwitch(name: string, value: string): void };
}

/** Makes Chromium prefer the language chosen earlier, so that the page begins in it. */
export function preferLanguage(app: CommandLine, choice: LanguageChoice | undefined): void {
  if (choice !== undefined && choice !== 'system') {
    app.commandLine.appendSwitch('lang', choice === 'zh-Hans' ? 'zh-CN' : choice);
  }
}
