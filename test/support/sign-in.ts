import assert from 'node:assert/strict';
import supertest from 'supertest';
import { TEST_PASSWORD, type TestTown } from './test-town.ts';

export type Browser = ReturnType<typeof supertest.agent>;

/** Somebody of the test town at their browser, signed in. */
export async function signedInAs(town: TestTown, username: string, language = 'zh-CN'): Promise<Browser> {
  const browser = supertest.agent(town.app).set('Accept-Language', language).set('Accept', 'text/html');
  const answer = await browser.post('/sign-in').type('form').send({ username, password: TEST_PASSWORD });
  assert.equal(answer.status, 303, `${username} could not sign in`);
  return browser;
}

/** What a reader sees of a page: no tags, entities resolved, runs of blanks as one. */
export const seen = (html: string): string =>
  html
    .replaceAll(/<(script|style)\b[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ');
