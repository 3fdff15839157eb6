import assert from 'node:assert/strict';
import supertest from 'supertest';
import { actorOf } from '../../src/accounts/sign-in.ts';
import type { DeskActionName, DeskInput } from '../../src/matters/desk-actions.ts';
import { connectMongo } from '../../src/platform/mongo/connect.ts';
import { TEST_PEOPLE, type TestTown } from '../support/test-town.ts';

/** A browser that keeps its cookies, a letter filled in page by page, and an office that answers it. */

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

export const post = (browser: Browser, page: string, fields: object) =>
  browser.post(page).type('form').send(fields);

/** Fills the pages in order, up to and without `until`. */
export async function fillIn(
  browser: Browser,
  answers: Partial<Answers> = {},
  until = 'check',
): Promise<void> {
  const all: Answers = { ...ANSWERS, ...answers };
  for (const [page, fields] of Object.entries(PAGES)) {
    if (page === until) return;
    const sent = Object.fromEntries(fields.map((field) => [field, all[field]]));
    await post(browser, `/letters/new/${page}`, sent).expect(303);
  }
}

export async function formKey(browser: Browser): Promise<string> {
  const { text } = await browser.get('/letters/new/check').expect(200);
  const key = /name="key" value="([^"]+)"/.exec(text)?.[1];
  assert.ok(key, 'the check page carries the form’s key');
  return key;
}

export async function readReceipt(browser: Browser): Promise<{ number: string; code: string }> {
  const { text } = await browser.get('/letters/receipt').expect(200);
  const number = /id="number">([^<]+)</.exec(text)?.[1];
  const code = /id="code">([^<]+)</.exec(text)?.[1];
  assert.ok(number && code, 'the receipt shows number and code');
  return { number, code };
}

/** Sends the filled letter; the number and code that its receipt shows. */
export async function sendLetter(browser: Browser): Promise<{ number: string; code: string; key: string }> {
  const key = await formKey(browser);
  await post(browser, '/letters/new/send', { key }).expect(303).expect('location', '/letters/receipt');
  return { ...(await readReceipt(browser)), key };
}

export async function writeLetter(
  town: TestTown,
  answers: Partial<Answers> = {},
  lang: 'zh-CN' | 'en' = 'zh-CN',
): Promise<{ number: string; code: string; id: string; browser: Browser }> {
  const browser = await startLetter(town, lang);
  await fillIn(browser, answers);
  const { number, code } = await sendLetter(browser);
  const matter = await town.services.matters.byNumber(number);
  assert.ok(matter);
  return { number, code, id: matter.id, browser };
}

export async function follow(
  browser: Browser,
  { number, code }: { number: string; code: string },
): Promise<void> {
  await post(browser, '/letters/track', { number, code }).expect(303).expect('location', '/letters/mine');
}

const NOTHING_TYPED: DeskInput = {
  text: '',
  unit: '',
  supporting: [],
  accused: [],
  ground: 'litigation',
  resolution: 'solved',
  days: 0,
  confirmation: '',
};

/** What somebody of the office does, by the use case that their button calls. */
export async function desk(
  town: TestTown,
  username: string,
  id: string,
  action: DeskActionName,
  input: Partial<DeskInput> = {},
): Promise<void> {
  const seen = await town.services.matters.byId(id);
  const person = TEST_PEOPLE.find((each) => each.username === username);
  assert.ok(seen && person);
  await town.services.performDeskAction(
    { ...NOTHING_TYPED, ...input, id, action, seenVersion: seen.version, other: '' },
    actorOf(person),
  );
}

export const ANSWER =
  '李小满您好：\n文昌路中段路面破损已于今日安排养护队修补完毕，感谢您的提醒，如有问题请来电13800001234。';

export async function answerLetter(
  town: TestTown,
  letter: { id: string; number: string },
  text: string = ANSWER,
): Promise<void> {
  const confirmation = letter.number.replaceAll(/\D/g, '').slice(-4);
  await desk(town, 'dispatcher', letter.id, 'assign', { unit: 'roads', text: '内部批示不给来信人看' });
  await desk(town, 'roads-handler', letter.id, 'signFor');
  await desk(town, 'roads-handler', letter.id, 'draft', { text, resolution: 'solved' });
  await desk(town, 'roads-handler', letter.id, 'submitForReview', { confirmation });
  await desk(town, 'roads-head', letter.id, 'approve', { confirmation });
}

/** How many documents a collection holds: what a page was not to leave behind. */
export async function countIn(town: TestTown, collection: string): Promise<number> {
  const connection = await connectMongo(town.uri);
  const count = await connection.collection(collection).countDocuments();
  await connection.close();
  return count;
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

/** The sentences of the error summary, by field. */
export const faultsOn = (html: string): Record<string, string> => {
  const summary = /<div class="summary"[\s\S]*?<\/div>/.exec(html)?.[0] ?? '';
  return Object.fromEntries(
    [...summary.matchAll(/<a href="#([^"]+)">([^<]*)<\/a>/g)].map(([, field = '', words = '']) => [
      field,
      words,
    ]),
  );
};
