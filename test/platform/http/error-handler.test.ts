import assert from 'node:assert/strict';
import session from 'express-session';
import Joi from 'joi';
import { createHmac } from 'node:crypto';
import request from 'supertest';
import { DomainError, type DomainErrorCode } from '../../../src/domain/domain-error.ts';
import { statusOf } from '../../../src/platform/http/error-handler.ts';
import { limitRate } from '../../../src/platform/http/rate-limit.ts';
import { makeWords } from '../../../src/platform/words.ts';
import { rootDir, tinyApp } from './tiny-app.ts';

/** Every code of the domain: a new one fails to compile here until it has a status and a sentence. */
const STATUSES: Record<DomainErrorCode, number> = {
  INVALID_INPUT: 400,
  SIGN_IN_NEEDED: 401,
  FORBIDDEN: 403,
  WRONG_CODE: 403,
  OWN_DRAFT: 403,
  NOT_FOUND: 404,
  STALE: 409,
  ILLEGAL_ACTION: 409,
  EXTENSION_TOO_LATE: 409,
  RETURN_NOT_POSSIBLE: 409,
  APPEAL_TOO_LATE: 409,
  NO_WISH_TO_PUBLISH: 409,
  ALREADY_RATED: 409,
  JOIN_NOT_POSSIBLE: 409,
  ACCUSED_UNIT: 409,
  ACCUSED_HAS_IT: 409,
  TOO_LARGE: 413,
  NOT_AN_ANSWER: 422,
  CONFIRMATION_NEEDED: 422,
  EXTENSION_TOO_LONG: 422,
  TOO_MANY_TRIES: 429,
};
const isCode = (code: string): code is DomainErrorCode => code in STATUSES;
const CODES = Object.keys(STATUSES).filter(isCode);

describe('error-handler', () => {
  const { app, lines } = tinyApp((router) => {
    router.get('/refuse/:code', (req) => {
      const { code } = req.params;
      if (isCode(code)) throw new DomainError(code, { params: { minutes: 15 } });
    });
    router.get('/bug', () => {
      throw new Error('张三的电话 13800000000');
    });
    router.get('/late-bug', async () => {
      await Promise.resolve();
      throw new TypeError('x is undefined');
    });
    router.get('/thrown-text', () => {
      throw 'not even an error';
    });
    router.get('/joi', () => {
      Joi.assert({}, Joi.object({ title: Joi.string().required() }));
    });
    router.get('/limited', limitRate({ limit: 2, windowMinutes: 15 }), (_req, res) => {
      res.send('ok');
    });
    router.get('/half', (_req, res) => {
      res.write('half');
      throw new Error('too late');
    });
    router.get('/broken-page', (_req, res) => {
      res.render('no/such/page');
    });
  });

  for (const code of CODES)
    it(`${code} › ${STATUSES[code]}, as a page in either language and as JSON`, async () => {
      const zh = await request(app)
        .get(`/refuse/${code}`)
        .set({ Accept: 'text/html', 'Accept-Language': 'zh-CN' });
      const en = await request(app)
        .get(`/refuse/${code}`)
        .set({ Accept: 'text/html', 'Accept-Language': 'en' });
      const json = await request(app)
        .get(`/refuse/${code}`)
        .set({ Accept: 'application/json', 'Accept-Language': 'en' });

      assert.deepEqual([zh.status, en.status, json.status, statusOf(code)], Array(4).fill(STATUSES[code]));
      assert.match(zh.text, /<html lang="zh-CN">/);
      assert.match(zh.text, /<h1>[^<]*\p{Script=Han}/u);
      assert.match(en.text, /<html lang="en">/);
      assert.equal(json.body.code, code);
      assert.ok(en.text.includes(json.body.message.replaceAll("'", '&#39;')));
      assert.doesNotMatch(json.body.message, /\{\{|errors\./);
    });

  it('every code › has a sentence of its own in each language', () => {
    const words = makeWords({ rootDir, strict: true });
    for (const lang of ['zh-CN', 'en'] as const) {
      const sentences = CODES.map((code) => words.in(lang)(`common:errors.code.${code}`, { minutes: 15 }));
      assert.equal(new Set(sentences).size, CODES.length);
    }
  });

  it('an address nobody serves › 404 page', () =>
    request(app).get('/nowhere').set('Accept', 'text/html').expect(404).expect('Content-Type', /html/));

  it('a bug › is shown as a number, and logged with its stack under that number', async () => {
    const { text } = await request(app).get('/bug').set('Accept', 'text/html').expect(500);
    assert.doesNotMatch(text, /13800000000|张三/);
    const [number] = /E\d{8}/.exec(text) ?? [];
    const line = lines.find(({ fields }) => fields['errorNumber'] === number);
    assert.equal(line?.level, 'error');
    assert.match(String(line?.fields['stack']), /error-handler\.test/);
  });
  it('a rejected promise › is a bug like any other', () =>
    request(app)
      .get('/late-bug')
      .set('Accept', 'application/json')
      .expect(500, /"code":"BROKEN"/));
  it('a thrown text › is a bug, its text unseen', async () => {
    const { text } = await request(app).get('/thrown-text').expect(500);
    assert.doesNotMatch(text, /not even/);
  });
  it('a page that cannot be drawn › a number', () =>
    request(app)
      .get('/broken-page')
      .expect(500, /E\d{8}/));

  it('a store of sessions that is gone › a bug, told in the reader’s language', async () => {
    const gone = new session.MemoryStore();
    gone.get = (_id, done) => done(new Error('store gone'));
    const { app: storeless } = tinyApp(() => {}, { sessionStore: gone, secret: 's'.repeat(32) });
    const signed = `s:abc.${createHmac('sha256', 's'.repeat(32)).update('abc').digest('base64').replace(/=+$/, '')}`;
    await request(storeless)
      .get('/')
      .set({ Cookie: `huiyin=${encodeURIComponent(signed)}`, Accept: 'text/html', 'Accept-Language': 'en' })
      .expect(500, /Something broke/);
  });
  it('a failure in the middle of an answer › breaks it off, and is logged', async () => {
    await assert.rejects(async () => request(app).get('/half'));
    assert.ok(lines.some(({ fields }) => String(fields['stack']).includes('too late')));
  });

  it('a raw Joi error › 400 that names the field', async () => {
    const { body } = await request(app).get('/joi').set('Accept', 'application/json').expect(400);
    assert.deepEqual(body.fields, [{ field: 'title', message: '请填写title。' }]);
  });

  it('one try too many › 429 in the reader’s language, with the time to wait', async () => {
    await request(app).get('/limited').expect(200);
    await request(app).get('/limited').expect(200);
    await request(app)
      .get('/limited')
      .set('Accept-Language', 'zh')
      .expect(429, /15 分钟后/)
      .expect('Retry-After', /\d/);
  });

  it('a caller that takes anything › gets a page, unless it spoke JSON', async () => {
    await request(app).get('/refuse/STALE').set('Accept', '*/*').expect('Content-Type', /html/);
    await request(app)
      .post('/nowhere')
      .set('Accept', '*/*')
      .send({})
      .expect(404)
      .expect('Content-Type', /json/);
  });
});
