import assert from 'node:assert/strict';
import request from 'supertest';
import { routeOf } from '../../../src/platform/http/request-log.ts';
import { rootDir, tinyApp } from './tiny-app.ts';

const routes: Parameters<typeof tinyApp>[0] = (router) => {
  router.post('/sign-in', (req, res) => {
    req.session.userId = 'u1';
    res.send('in');
  });
  router.get('/me', (req, res) => {
    res.send(req.session.userId ?? 'nobody');
  });
  router.get('/letters/:number/:key', (_req, res) => {
    res.send('letter '.repeat(1000));
  });
  router.get('/address', (req, res) => {
    res.send(req.ip);
  });
};

describe('web-platform', () => {
  const { app, lines } = tinyApp(routes);
  const https = tinyApp(routes, { baseUrl: 'https://mailbox.example', trustProxy: 1 }).app;

  it('every answer › allows no inline script or style and no framing', async () => {
    const { headers } = await request(app).get('/me');
    const policy = String(headers['content-security-policy']);
    assert.match(policy, /default-src 'self'/);
    assert.match(policy, /script-src 'self';/);
    assert.match(policy, /style-src 'self';/);
    assert.match(policy, /connect-src 'self' ws:\/\/mailbox\.example/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.doesNotMatch(policy, /unsafe/);
    assert.equal(headers['referrer-policy'], 'same-origin');
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['x-powered-by'], undefined);
    assert.equal(headers['strict-transport-security'], undefined);
  });
  it('under https › secure websockets, HSTS', async () => {
    const { headers } = await request(https).get('/me');
    assert.match(
      String(headers['content-security-policy']),
      /wss:\/\/mailbox\.example.*upgrade-insecure-requests/,
    );
    assert.match(String(headers['strict-transport-security']), /max-age=31536000/);
  });
  it('a page › is not kept by shared caches', () =>
    request(app)
      .get('/me')
      .expect('Cache-Control', 'private, no-cache')
      .expect('Vary', /Accept-Language, Cookie/));

  it('a citizen › has no cookie', async () => {
    const { headers } = await request(app).get('/me').expect(200, 'nobody');
    assert.equal(headers['set-cookie'], undefined);
  });
  it('whoever signs in › is known by a cookie that scripts and other sites cannot use', async () => {
    const agent = request.agent(app);
    await agent
      .post('/sign-in')
      .expect('Set-Cookie', /^huiyin=.*; Path=\/; Expires=.*; HttpOnly; SameSite=Lax$/);
    await agent
      .get('/me')
      .expect(200, 'u1')
      .expect('Set-Cookie', /Expires=/);
  });
  it('under https › the cookie is bound to the host', () =>
    request(https)
      .post('/sign-in')
      .set('X-Forwarded-Proto', 'https')
      .expect('Set-Cookie', /^__Host-huiyin=.*; Secure; SameSite=Lax$/));

  it('a caller’s own X-Forwarded-For › is believed only behind a proxy', async () => {
    await request(app)
      .get('/address')
      .set('X-Forwarded-For', '203.0.113.9')
      .expect(200, /127\.0\.0\.1/);
    await request(https).get('/address').set('X-Forwarded-For', '203.0.113.9').expect(200, '203.0.113.9');
  });

  it('a long answer › is compressed', () =>
    request(app).get('/letters/HY-1/abc').set('Accept-Encoding', 'gzip').expect('Content-Encoding', 'gzip'));

  it('an asset › may be kept for a year under the address that carries its content', async () => {
    const { text } = await request(app).get('/nowhere').set('Accept', 'text/html');
    const [address = ''] = /\/assets\/huiyin\.css\?v=[0-9a-f]{10}/.exec(text) ?? [];
    await request(app)
      .get(address)
      .expect(200)
      .expect('Cache-Control', /max-age=31536000, immutable/);
    await request(app).get('/assets/huiyin.css').expect(200).expect('Cache-Control', 'no-cache');
    await request(app).get('/assets/huiyin.css?v=0000000000').expect('Cache-Control', 'no-cache');
  });
  it('what is no asset › cannot be had', async () => {
    await request(app).get('/assets/../locales/en/common.json').expect(404);
    await request(app).get('/assets/%2e%2e/locales/en/common.json').expect(404);
    await request(app).get('/assets/none.css').expect(404);
  });

  it('a request › is one line that names neither number, key nor query', async () => {
    lines.length = 0;
    await request(app).get('/letters/HY-2026-1/s3cretkey?code=ABCD').expect(200);
    assert.equal(lines.length, 1);
    const [line] = lines;
    assert.equal(line?.message, 'http.request');
    assert.deepEqual(Object.keys(line?.fields ?? {}).sort(), ['id', 'method', 'ms', 'route', 'status']);
    assert.equal(line?.fields['route'], '/letters/:number/:key');
    assert.doesNotMatch(JSON.stringify(lines), /s3cretkey|HY-2026|ABCD/);
  });

  const paths: [originalUrl: string, pattern: unknown, route: string][] = [
    ['/desk/matters/8f3/assign?x=1', '/matters/:id/assign', '/desk/matters/:id/assign'],
    ['/letters/HY-1', undefined, '/letters/:'],
    ['/wp-login.php', undefined, '/wp-login.php'],
    ['/kQ9x/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', undefined, '/:/:'],
    ['/', '/', '/'],
    ['/desk', '/', '/desk'],
  ];
  for (const [originalUrl, path, route] of paths)
    it(`the route of ${originalUrl} › ${route}`, () =>
      assert.equal(routeOf({ originalUrl, route: { path } }), route));

  it('the look › stays small', async () => {
    const { statSync } = await import('node:fs');
    assert.ok(statSync(`${rootDir}/views/assets/huiyin.css`).size <= 30_000);
    assert.ok(statSync(`${rootDir}/views/assets/enhance.js`).size <= 4096);
  });
});
