import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type BrowserContext, type Page } from 'playwright-core';

/** Where Debian and others put it; CHROMIUM names another place. */
const PLACES = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

export const chromiumPath = (): string | null => PLACES.find((place) => place && existsSync(place)) ?? null;

export interface TestChromium {
  /** A new window with cookies of its own. */
  open(options?: { width?: number; lang?: string; javaScript?: boolean }): Promise<Page>;
  close(): Promise<void>;
}

export async function startChromium(executablePath: string): Promise<TestChromium> {
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const contexts: BrowserContext[] = [];
  return {
    async open({ width = 360, lang = 'zh-CN', javaScript = true } = {}) {
      const context = await browser.newContext({
        viewport: { width, height: 800 },
        locale: lang,
        javaScriptEnabled: javaScript,
        // axe is put into the page past its own policy; nothing else is changed by it.
        bypassCSP: javaScript,
      });
      contexts.push(context);
      return context.newPage();
    },
    async close() {
      for (const context of contexts) await context.close();
      await browser.close();
    },
  };
}

const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

interface AxeResults {
  violations: { id: string; nodes: { target: unknown[] }[] }[];
}

/** Violations of WCAG 2.2 A and AA on the open page, as `rule: where`. */
export async function axeViolations(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: axeFile });
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })`,
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${String(target[0])}`));
}

/** How many pixels a page is wider than its window; a page that scrolls sideways is hard to read on a phone. */
export const overhang = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
