/**
 * The languages Semblance speaks. Messages (`messages/`, compiled into `./messages`) come in the language of the
 * process that shows them: the window and its menus in the user's, the engine, the terminal and logs in English.
 */
import { getLocale, overwriteGetLocale, type Locale } from './messages/runtime.js';

export { getLocale, type Locale };

/** Every language, the first for whoever has none of them. */
export const locales = ['en', 'zh-Hans'] as const satisfies readonly Locale[];

/** What the user wants: one of the languages, or that of the system. */
export const languageChoices = ['system', ...locales] as const;
export type LanguageChoice = (typeof languageChoices)[number];

/** Every language by its own name, as its readers look for it. */
export const languageNames: Record<Locale, string> = { en: 'English', 'zh-Hans': '简体中文' };

/**
 * The language to speak.
 *
 * @param preferred Languages of the system as BCP 47 tags, the favourite first. The first that is known decides; any
 *   Chinese counts as Simplified Chinese, which its readers follow more easily than English.
 */
export function localeOf(choice: LanguageChoice, preferred: readonly string[]): Locale {
  if (choice !== 'system') return choice;
  for (const tag of preferred) {
    const language = tag.toLowerCase().split(/[-_]/)[0];
    if (language === 'zh') return 'zh-Hans';
    if (language === 'en') return 'en';
  }
  return 'en';
}

/** From now on, messages of this process are in the language that `locale` answers with. */
export function speak(locale: () => Locale): void {
  overwriteGetLocale(locale);
}

/** The tag for `Intl`: dates in English are written the British way, as are its words. */
export function intlTag(locale: Locale): string {
  return locale === 'en' ? 'en-GB' : 'zh-CN';
}
