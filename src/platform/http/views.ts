import { Eta } from 'eta';
import type { Express } from 'express';
import { join, relative } from 'node:path';

/** Written at the top of every template, so that a template says `t('letters:new.title')`. */
const SHORT_NAMES = 'const { t, lang, formats, asset } = it;';

const LOCALS = Symbol('locals');

/**
 * The template engine. Values are escaped; raw output is for includes only.
 * Eta hands an include everything its caller has. Here it is handed the locals and what it is given, so that no partial
 * shows a page's `title` or `text` by accident: those are inherited, and Eta's hand-over copies own properties only.
 */
export function makeEta(rootDir: string, { cache }: { cache: boolean }): Eta {
  const eta = new Eta({
    views: join(rootDir, 'views'),
    cache,
    autoEscape: true,
    functionHeader: SHORT_NAMES,
    escapeFunction: escapeHtml,
  });
  const draw = eta.render;
  eta.render = (template, data, meta) => draw.call(eta, template, scopeOf(data), meta);
  return eta;
}

/** Draws a template with the locals (what all templates share) and its own view; also for what is no page, such as a mail. */
export function drawTemplate(eta: Eta, template: string, locals: object, view: object): string {
  return eta.render(template, { ...view, [LOCALS]: locals });
}

function scopeOf(data: { [LOCALS]?: object }): object {
  const { [LOCALS]: locals = {}, ...given } = data;
  return Object.assign(Object.create({ ...locals, ...given }), { [LOCALS]: locals });
}

/** An absent value prints nothing. Anything but text and numbers is a mistake in the template, not something to show. */
function escapeHtml(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string' && typeof value !== 'number')
    throw new TypeError(`a template prints a ${typeof value}`);
  return String(value)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

export function registerViews(app: Express, rootDir: string, { cache }: { cache: boolean }): void {
  const eta = makeEta(rootDir, { cache });
  const views = join(rootDir, 'views');
  app.set('views', views);
  app.set('view engine', 'eta');
  app.set('view cache', cache);
  app.engine('eta', (file, options, done) => {
    try {
      const { locals, view } = splitOptions(options);
      done(null, drawTemplate(eta, relative(views, file), locals, view));
    } catch (error) {
      done(error);
    }
  });
}

/** Express mixes the locals and the page's view into one object. A page may overrule a local, `errors` for instance. */
function splitOptions(options: object): { locals: object; view: object } {
  const given = new Map(Object.entries(options));
  const localNames = new Set(Object.keys(given.get('_locals') ?? {}));
  for (const ofExpress of ['_locals', 'settings', 'cache']) given.delete(ofExpress);
  const all = [...given];
  return {
    locals: Object.fromEntries(all.filter(([key]) => localNames.has(key))),
    view: Object.fromEntries(all.filter(([key]) => !localNames.has(key))),
  };
}
