import assert from 'node:assert/strict';
import multer from 'multer';
import request from 'supertest';
import { tinyApp } from './tiny-app.ts';

describe('bodies', () => {
  const { app, lines } = tinyApp((router) => {
    router.all('/letters', (req, res) => {
      res.json({ body: req.body });
    });
  });
  const post = (type: string, body: string) =>
    request(app).post('/letters').set('Accept', 'application/json').type(type).send(body);

  it('a form › is flat', async () => {
    const { body } = await post('form', 'title=%E8%B7%AF%E7%81%AF&a[b]=1&kind=x&kind=y').expect(200);
    assert.deepEqual(body.body, { title: '路灯', 'a[b]': '1', kind: ['x', 'y'] });
  });
  it('nothing sent › an empty object, so that a form’s schema has something to refuse', async () => {
    const { body } = await request(app).post('/letters').expect(200);
    assert.deepEqual(body.body, {});
  });
  it('a letter of 10,000 characters › gets through', () =>
    post('form', `body=${encodeURIComponent('路'.repeat(10_000))}`).expect(200));

  const deep = `${'{"a":'.repeat(9)}1${'}'.repeat(9)}`;
  const refused: [what: string, type: string, body: string, status: number, code: string][] = [
    ['broken JSON', 'json', '{"title": ', 400, 'INVALID_INPUT'],
    ['JSON that is no object', 'json', '"title"', 400, 'INVALID_INPUT'],
    ['a huge JSON', 'json', JSON.stringify({ body: 'x'.repeat(70_000) }), 413, 'TOO_LARGE'],
    ['a huge form', 'form', `body=${'x'.repeat(300_000)}`, 413, 'TOO_LARGE'],
    [
      'a thousand fields',
      'form',
      Array.from({ length: 1000 }, (_, i) => `f${i}=1`).join('&'),
      413,
      'TOO_LARGE',
    ],
    ['a type nobody reads', 'text/plain', 'title=x', 400, 'INVALID_INPUT'],
    ['an unknown charset', 'application/json; charset=koi9', '{}', 400, 'INVALID_INPUT'],
    ['deep JSON', 'json', deep, 400, 'INVALID_INPUT'],
    ['an operator in JSON', 'json', '{"number": {"$gt": ""}}', 400, 'INVALID_INPUT'],
    ['an operator in a list', 'json', '{"or": [{"$where": "1"}]}', 400, 'INVALID_INPUT'],
    ['an operator in a form', 'form', '$where=1', 400, 'INVALID_INPUT'],
    ['a prototype', 'json', '{"__proto__": {"admin": true}}', 400, 'INVALID_INPUT'],
  ];
  for (const [what, type, body, status, code] of refused)
    it(`${what} › ${status}, told as ${code}, no stack`, async () => {
      const answer = await post(type, body).expect(status);
      assert.equal(answer.body.code, code);
      assert.match(answer.body.message, /\S/);
      assert.doesNotMatch(answer.text, /\bat .*\.js|SyntaxError|node_modules/);
    });

  it('an operator in the query › 400', () => request(app).get('/letters?$where=1').expect(400));
  it('a broken percent sign in a path › 400', () => {
    const { app: withParam } = tinyApp((router) => {
      router.get('/letters/:number', (_req, res) => {
        res.send('ok');
      });
    });
    return request(withParam).get('/letters/%E0%A4%A').expect(400);
  });
  it('an upload › reaches the module’s own reader; too large a file is told as such', async () => {
    const upload = multer({ limits: { fileSize: 10 } });
    const { app: withUpload } = tinyApp((router) => {
      router.post('/photo', upload.single('photo'), (req, res) => {
        res.json({ title: req.body.title, size: req.file?.size });
      });
    });
    const send = (field: string, bytes: number) =>
      request(withUpload)
        .post('/photo')
        .set('Accept', 'application/json')
        .field('title', '路灯')
        .attach(field, Buffer.alloc(bytes), 'a.jpg');
    await send('photo', 10).expect(200, { title: '路灯', size: 10 });
    await send('photo', 11).expect(413, /TOO_LARGE/);
    await send('other', 1).expect(400, /INVALID_INPUT/);
  });
  it('none of them › is logged as a bug', () => {
    assert.deepEqual(
      lines.filter(({ level }) => level === 'error'),
      [],
    );
  });
});
