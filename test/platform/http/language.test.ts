import assert from 'node:assert/strict';
import request from 'supertest';
import { ownPath } from '../../../src/platform/http/language.ts';
import { pageLocals } from '../../../src/platform/http/page-locals.ts';
import { tinyApp } from './tiny-app.ts';

describe('language', () => {
  const { app } = tinyApp((router) => {
    router.all('/where', (_req, res) => {
      const { lang, town, path, here, user, errors } = pageLocals(res);
      res.json({ lang, town: town.name, path, here, user, errors });
    });
  });
  const langOf = async (headers: Record<string, string>) =>
    (await request(app).get('/where?q=1').set(headers)).body;

  it('nothing said › Chinese, the town’s Chinese name, and every local there', async () => {
    assert.deepEqual(await langOf({}), {
      lang: 'zh-CN',
      town: '江城区',
      path: '/where',
      here: '/where?q=1',
      user: null,
      errors: [],
    });
  });

  const rows: [headers: Record<string, string>, lang: string][] = [
    [{ 'Accept-Language': 'en-GB,en;q=0.9' }, 'en'],
    [{ 'Accept-Language': 'zh-TW,zh;q=0.9,en;q=0.8' }, 'zh-CN'],
    [{ 'Accept-Language': 'zh-CN' }, 'zh-CN'],
    [{ 'Accept-Language': 'fr' }, 'zh-CN'],
    [{ 'Accept-Language': 'en', Cookie: 'lang=zh-CN' }, 'zh-CN'],
    [{ Cookie: 'a=b; lang=en' }, 'en'],
    [{ Cookie: 'lang=xx' }, 'zh-CN'],
    [{ Cookie: 'slang=en' }, 'zh-CN'],
  ];
  for (const [headers, lang] of rows)
    it(`${JSON.stringify(headers)} › ${lang}`, async () => assert.equal((await langOf(headers)).lang, lang));

  it('the header’s button › sets the cookie and returns to the page', () =>
    request(app)
      .post('/language')
      .type('form')
      .send({ lang: 'en', back: '/where?q=1' })
      .expect(303)
      .expect('Location', '/where?q=1')
      .expect('Set-Cookie', /^lang=en; Max-Age=\d+; Path=\/; .*HttpOnly; SameSite=Lax/));

  it('a page that answered a POST › returns to the form it came from', async () => {
    const host = 'mailbox.example';
    const from = (referer: string) => request(app).post('/where').set({ Host: host, Referer: referer });
    assert.equal((await from('http://mailbox.example/form?a=1')).body.here, '/form?a=1');
    assert.equal((await from('http://evil.example/form')).body.here, '/');
    assert.equal((await request(app).post('/where')).body.here, '/');
  });

  const paths: [path: unknown, own: string][] = [
    ['/letters/1?x=2#y', '/letters/1?x=2'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['/\t/evil.example', '/'],
    ['https://evil.example', '/'],
    ['/..//evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['letters', '/'],
    ['', '/'],
    [['/a'], '/'],
    [undefined, '/'],
  ];
  for (const [path, own] of paths)
    it(`returning to ${JSON.stringify(path)} › ${own}`, () => assert.equal(ownPath(path), own));
});
