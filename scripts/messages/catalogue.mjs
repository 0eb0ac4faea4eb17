import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup/root.mjs';

/**
 * A message as its file has it: plain text with `{inputs}`, or one that varies, as `@inlang/plugin-message-format`
 * writes it.
 *
 * @typedef {string | [{ declarations?: string[], selectors?: string[], match: Record<string, string> }]} Message
 */

/** @typedef {Record<string, Message>} Messages By key. */

/**
 * Every message: by language, then by area, which is the name of its file.
 *
 * @typedef {Record<string, Record<string, Messages>>} Catalogue
 */

/** The language that every message is first written in. */
export const baseLocale = 'en';

/**
 * Reads `messages/LANGUAGE/AREA.json`.
 *
 * @param {string} [folder]
 * @returns {Catalogue}
 */
export function readCatalogue(folder = join(root, 'messages')) {
  const locales = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return Object.fromEntries(
    locales.map(({ name: locale }) => {
      const files = readdirSync(join(folder, locale)).filter((name) => name.endsWith('.json'));
      const areas = files.sort().map((name) => {
        const text = readFileSync(join(folder, locale, name), 'utf8');
        return [name.slice(0, -'.json'.length), /** @type {Messages} */ (JSON.parse(text))];
      });
      return [locale, /** @type {Record<string, Messages>} */ (Object.fromEntries(areas))];
    }),
  );
}

/**
 * The texts of a message, one for each of its variants.
 *
 * @param {Message} message
 */
export function textsOf(message) {
  return typeof message === 'string' ? [message] : Object.values(message[0].match);
}

/**
 * What a message has to be given, sorted.
 *
 * @param {Message} message
 * @returns {string[]}
 */
export function inputsOf(message) {
  const names =
    typeof message === 'string'
      ? [...message.matchAll(/(?<!\\)\{(\w+)\}/g)].map(([, name]) => name)
      : (message[0].declarations ?? []).flatMap((line) => /^input (\w+)$/.exec(line)?.[1] ?? []);
  return [...new Set(names)].filter((name) => name !== undefined).sort();
}

/**
 * Why the catalogue cannot be used: a message without its translation, a key out of its area, an input that one
 * language has and another lacks.
 *
 * @param {Catalogue} catalogue
 * @param {readonly string[]} listed Areas that the settings of the compiler name.
 * @returns {string[]} One line each; empty when all is well.
 */
export function faultsOf(catalogue, listed) {
  const { [baseLocale]: base = {}, ...others } = catalogue;
  const faults = [];
  for (const area of Object.keys(base)) {
    if (!listed.includes(area)) faults.push(`project.inlang/settings.json does not list the area “${area}”`);
  }
  for (const [area, messages] of Object.entries(base)) {
    for (const key of Object.keys(messages)) {
      if (!/^[a-z][a-z0-9_]*$/.test(key) || !key.startsWith(`${area.replaceAll('-', '_')}_`)) {
        faults.push(`${baseLocale}/${area}.json: “${key}” is not named ${area}_…, in small letters`);
      }
    }
  }
  for (const [locale, areas] of Object.entries(others)) {
    for (const area of new Set([...Object.keys(base), ...Object.keys(areas)])) {
      const here = areas[area] ?? {};
      const there = base[area] ?? {};
      for (const key of new Set([...Object.keys(there), ...Object.keys(here)])) {
        const [source, translation] = [there[key], here[key]];
        if (source === undefined)
          faults.push(`${baseLocale}/${area}.json lacks “${key}”, which ${locale} has`);
        else if (translation === undefined) faults.push(`${locale}/${area}.json lacks “${key}”`);
        else if (inputsOf(source).join() !== inputsOf(translation).join()) {
          faults.push(
            `${locale}/${area}.json: “${key}” takes {${inputsOf(translation).join(', ')}}, in ${baseLocale} {${inputsOf(source).join(', ')}}`,
          );
        }
      }
    }
  }
  return faults;
}
