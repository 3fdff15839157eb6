import request from 'supertest';
import { tinyApp } from './tiny-app.ts';

describe('same-origin', () => {
  const { app } = tinyApp((router) => {
    router.all('/letters', (_req, res) => {
      res.send('taken');
    });
  });
  const rows: [circumstance: string, headers: Record<string, string>, status: number][] = [
    ['no browser', {}, 200],
    ['our page says same-origin', { 'Sec-Fetch-Site': 'same-origin' }, 200],
    [
      'our page, behind a proxy that renames the host',
      { 'Sec-Fetch-Site': 'same-origin', Origin: 'http://inner:3000' },
      200,
    ],
    ['typed by the visitor', { 'Sec-Fetch-Site': 'none' }, 200],
    ['our origin by BASE_URL', { Origin: 'http://mailbox.example' }, 200],
    ['our origin by the host asked', { Origin: 'http://127.0.0.1:4000', Host: '127.0.0.1:4000' }, 200],
    ['another site', { 'Sec-Fetch-Site': 'cross-site' }, 403],
    ['another office under the same domain', { 'Sec-Fetch-Site': 'same-site' }, 403],
    ['another origin', { Origin: 'https://evil.example' }, 403],
    ['our host on another port', { Origin: 'http://mailbox.example:8080' }, 403],
    ['our name as a part of theirs', { Origin: 'http://mailbox.example.evil.example' }, 403],
    ['an opaque origin', { Origin: 'null' }, 403],
    [
      'cross-site although the origin looks ours',
      { 'Sec-Fetch-Site': 'cross-site', Origin: 'http://mailbox.example' },
      403,
    ],
  ];
  for (const [circumstance, headers, status] of rows)
    it(`a POST from ${circumstance} › ${status}`, () =>
      request(app).post('/letters').set(headers).expect(status));

  for (const method of ['put', 'patch', 'delete'] as const)
    it(`a ${method} from another site › 403`, () =>
      request(app)[method]('/letters').set('Origin', 'https://evil.example').expect(403));

  it('a link from another site › is followed', () =>
    request(app).get('/letters').set('Sec-Fetch-Site', 'cross-site').expect(200, 'taken'));

  it('a refusal › says why in the reader’s language', () =>
    request(app)
      .post('/letters')
      .set({ 'Sec-Fetch-Site': 'cross-site', 'Accept-Language': 'zh', Accept: 'text/html' })
      .expect(403, /来自其他网站/));
});
