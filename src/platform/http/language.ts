import type { Request, RequestHandler } from 'express';
import { DEFAULT_LANGUAGE, LANGUAGES, type Language, type Words } from '../words.ts';
import { makeFormats } from './formats.ts';
import type { PageLocals } from './page-locals.ts';

const COOKIE = 'lang';
const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

export interface LanguageOptions {
  words: Words;
  timeZone: string;
  now: () => Date;
  townName: () => { zh: string; en: string };
  asset: (name: string) => string;
}

/** Chooses the reader's language and puts everything a template needs into res.locals. */
export function chooseLanguage(options: LanguageOptions): RequestHandler {
  const { words, timeZone, now, townName, asset } = options;
  const formats = {
    'zh-CN': makeFormats({ zone: timeZone, lang: 'zh-CN', now }),
    en: makeFormats({ zone: timeZone, lang: 'en', now }),
  };
  return (req, res, next) => {
    const lang = languageOf(req);
    const { zh, en } = townName();
    const locals: PageLocals = {
      t: words.in(lang),
      lang,
      path: req.path,
      here: returnPath(req),
      asset,
      formats: formats[lang],
      town: { zh, en, name: lang === 'en' ? en : zh },
      user: null,
      errors: [],
    };
    Object.assign(res.locals, locals);
    res.vary('Accept-Language');
    res.vary('Cookie');
    res.setHeader('Content-Language', lang);
    res.setHeader('Cache-Control', 'private, no-cache');
    next();
  };
}

function languageOf(req: Request): Language {
  const cookies = (req.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  const chosen = LANGUAGES.find((lang) => cookies.includes(`${COOKIE}=${lang}`));
  if (chosen) return chosen;
  const accepted = req.acceptsLanguages('zh-CN', 'zh', 'en');
  return accepted === 'en' ? 'en' : DEFAULT_LANGUAGE;
}

/** A page that answered a POST has no address of its own: the form it came from has. */
function returnPath(req: Request): string {
  if (req.method === 'GET' || req.method === 'HEAD') return req.originalUrl;
  const referer = req.get('referer') ?? '';
  if (!URL.canParse(referer)) return '/';
  const { host, pathname, search } = new URL(referer);
  return host === req.host ? pathname + search : '/';
}

/** POST /language {lang, back}: the header's two buttons. */
export function switchLanguage({ secure }: { secure: boolean }): RequestHandler {
  return (req, res, next) => {
    if (req.method !== 'POST' || req.path !== '/language') {
      next();
      return;
    }
    const { lang, back }: { lang?: unknown; back?: unknown } = req.body;
    const chosen = LANGUAGES.find((known) => known === lang) ?? DEFAULT_LANGUAGE;
    res.cookie(COOKIE, chosen, { maxAge: YEAR_MS, sameSite: 'lax', httpOnly: true, secure, path: '/' });
    res.redirect(303, ownPath(back));
  };
}

/** Only a path of this site: '//other.example' and '/\other.example' lead elsewhere. */
export function ownPath(path: unknown): string {
  if (typeof path !== 'string' || !/^\/(?![/\\])/.test(path)) return '/';
  const here = 'http://here.invalid';
  if (!URL.canParse(path, here)) return '/';
  const { origin, pathname, search } = new URL(path, here);
  return origin === here && !pathname.startsWith('//') ? pathname + search : '/';
}
