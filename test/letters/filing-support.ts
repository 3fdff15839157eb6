import supertest from 'supertest';
import type { TestTown } from '../support/test-town.ts';

/** A browser that keeps its cookies, and a letter filled in page by page. */

export type Browser = ReturnType<typeof supertest.agent>;

export const ANSWERS = {
  kind: 'complaint',
  title: '文昌路中段路面破损',
  body: '文昌路中段路面有一个大坑，夜里很危险，请派人修补。我的电话13800001234。',
  place: '文昌路与惠民巷路口',
  name: '李小满',
  phone: '13800001234',
  mail: 'li@mail.example',
  address: '惠民巷88号',
  wish: 'public',
} as const;
export type Answers = { -readonly [K in keyof typeof ANSWERS]: string };

export const PAGES: Readonly<Record<string, readonly (keyof Answers)[]>> = {
  matter: ['kind', 'title'],
  details: ['body', 'place'],
  you: ['name', 'phone', 'mail', 'address'],
  wish: ['wish'],
};

export function openBrowser(town: TestTown, lang: 'zh-CN' | 'en' = 'zh-CN'): Browser {
  const browser = supertest.agent(town.app);
  browser.set('Accept-Language', lang);
  browser.set('Accept', 'text/html');
  return browser;
}

export async function startLetter(town: TestTown, lang: 'zh-CN' | 'en' = 'zh-CN'): Promise<Browser> {
  const browser = openBrowser(town, lang);
  await browser.post('/letters/new').expect(303).expect('location', '/letters/new/matter');
  return browser;
}

/** Fills the pages in order, up to and without `until`. */
export async function fillIn(
  browser: Browser,
  answers: Partial<Answers> = {},
  until: string = 'check',
): Promise<void> {
  const all: Answers = { ...ANSWERS, ...answers };
  for (const [page, fields] of Object.entries(PAGES)) {
    if (page === until) return;
    const sent = Object.fromEntries(fields.map((field) => [field, all[field]]));
    await browser.post(`/letters/new/${page}`).type('form').send(sent).expect(303);
  }
}

/** Sends the filled letter; the number and code that its receipt shows. */
export async function sendLetter(browser: Browser): Promise<{ number: string; code: string; key: string }> {
  const key = await formKey(browser);
  await browser
    .post('/letters/new/send')
    .type('form')
    .send({ key })
    .expect(303)
    .expect('location', '/letters/receipt');
  return { ...(await readReceipt(browser)), key };
}

export async function formKey(browser: Browser): Promise<string> {
  const { text } = await browser.get('/letters/new/check').expect(200);
  return /name="key" value="([^"]+)"/.exec(text)?.[1] ?? '';
}

export async function readReceipt(browser: Browser): Promise<{ number: string; code: string }> {
  const { text } = await browser.get('/letters/receipt').expect(200);
  return {
    number: /id="number">([^<]+)</.exec(text)?.[1] ?? '',
    code: /id="code">([^<]+)</.exec(text)?.[1] ?? '',
  };
}

/** What a reader sees, without the tags. */
export const pageText = (html: string): string =>
  html
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ');
