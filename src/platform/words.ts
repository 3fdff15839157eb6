import { createInstance } from 'i18next';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Language = 'zh-CN' | 'en';
export const LANGUAGES: readonly Language[] = ['zh-CN', 'en'];
export const DEFAULT_LANGUAGE: Language = 'zh-CN';

export type WordParams = Readonly<Record<string, string | number>>;

/** Says `namespace:key` in one language; the namespace is always written, so that a reader and a test can find the file. */
export interface Translate {
  (key: string, params?: WordParams): string;
  readonly lang: Language;
  /** Whether this key is written down; for sentences that a module may override. */
  has(key: string): boolean;
}

export interface Words {
  in(lang: Language): Translate;
}

/**
 * All sentences of all modules, from `views/locales/<lang>/<namespace>.json`, read once.
 * Strict (development, tests): a missing key or parameter throws. Otherwise the default language, and at last the key, is shown.
 */
export function makeWords({ rootDir, strict }: { rootDir: string; strict: boolean }): Words {
  const i18n = createInstance();
  void i18n.init({
    initAsync: false,
    resources: Object.fromEntries(LANGUAGES.map((lang) => [lang, namespacesOf(rootDir, lang)])),
    fallbackLng: strict ? false : DEFAULT_LANGUAGE,
    interpolation: { escapeValue: false }, // the template engine escapes, once
    ...(strict && {
      missingInterpolationHandler: (text: string, value: RegExpExecArray) =>
        fail(`"${value[1] ?? value[0]}" not given for "${text}"`),
      returnedObjectHandler: (key: string) => fail(`"${key}" is a group of keys`),
    }),
  });

  const makeTranslate = (lang: Language): Translate => {
    const say = i18n.getFixedT(lang);
    const has = (key: string, params: WordParams = {}) => i18n.exists(key, { ...params, lng: lang });
    const translate = (key: string, params: WordParams = {}) => {
      if (strict && !has(key, params)) return fail(`no "${key}" in ${lang}`);
      return say(key, params);
    };
    return Object.assign(translate, { lang, has: (key: string) => has(key) });
  };
  const all = { 'zh-CN': makeTranslate('zh-CN'), en: makeTranslate('en') };
  return { in: (lang) => all[lang] };
}

function fail(what: string): never {
  throw new Error(`words: ${what}`);
}

function namespacesOf(rootDir: string, lang: Language): Record<string, object> {
  const folder = join(rootDir, 'views', 'locales', lang);
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return Object.fromEntries(
    files.map((file) => [
      file.slice(0, -'.json'.length),
      JSON.parse(readFileSync(join(folder, file), 'utf8')),
    ]),
  );
}
