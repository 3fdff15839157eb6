import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import request from 'supertest';
import type { Notice } from '../../src/notices/notice.ts';
import { makeLog } from '../../src/platform/log.ts';
import { aLetterIn, WRITER } from '../support/letters.ts';
import { openTestTown, type TestTown } from '../support/test-town.ts';
import { served } from './channels/sms/http-gateway.ts';

describe('receipts that a gateway tells the whole program', () => {
  let town: TestTown;
  let logged: string[];
  let gateway: { host: string; close(): void };
  let receipts = '';
  /** What the gateway does with a message before it says yes. */
  let meanwhile: (key: string) => Promise<void>;
  const given: string[] = [];

  beforeEach(async () => {
    given.length = 0;
    logged = [];
    meanwhile = async () => {};
    gateway = await served(
      createServer((req, res) => {
        const take = async (): Promise<void> => {
          const { key } = JSON.parse(await text(req));
          given.push(key);
          await meanwhile(key);
          res.writeHead(200, { 'content-type': 'application/json' }).end(`{"id":"g-${given.length}"}`);
        };
        void take();
      }),
    );
    const log = makeLog('debug', { write: (line: string) => logged.push(line) });
    town = await openTestTown('2026-09-23T02:00:00Z', { SMS_URL: `http://${gateway.host}/sms` }, log);
    receipts = new URL(town.services.gatewayAddresses.receipts).pathname;
  });
  afterEach(async () => {
    await town.end();
    gateway.close();
  });

  const tell = (body: unknown, path = receipts) =>
    request(town.app)
      .post(path)
      .set('Content-Type', 'application/json')
      .send(typeof body === 'string' ? body : JSON.stringify(body));
  const written = async () => (await aLetterIn(town, { reachBy: 'sms' })).id;
  const deliver = async (): Promise<void> => {
    await town.sweeps.deliverSms(town.at.now());
  };
  const rowsOf = async (id: string): Promise<string[]> =>
    (await town.services.notices.ofMatter(id))
      .map(({ channel, state, remark }: Notice) => `${channel} ${state} ${remark}`.trim())
      .toSorted();

  it('one for a message that is being sent › stands', async () => {
    const id = await written();
    meanwhile = async (key) => {
      await tell({ key, state: 'delivered', code: 'DELIVRD' }).expect(200);
    };
    await deliver();
    assert.deepEqual(await rowsOf(id), ['sms delivered DELIVRD']);
  });

  it('a failure of one that is being sent › goes by mail, and the gateway’s yes changes nothing', async () => {
    const id = await written();
    meanwhile = async (key) => {
      await tell({ key, state: 'failed', code: 'UNDELIV' }).expect(200);
    };
    await deliver();
    assert.deepEqual(await rowsOf(id), ['mail queued sms', 'sms failed UNDELIV']);
  });

  it('twice, by id and by key, in one call and in two › is one', async () => {
    const id = await written();
    await deliver();
    const [key = ''] = given;
    await tell([
      { key, id: 'g-1', state: 'failed', code: 'UNDELIV' },
      { id: 'g-1', state: 'failed', code: 'EXPIRED' },
    ]).expect(200);
    await tell({ key, state: 'failed', code: 'UNDELIV' }).expect(200);
    assert.deepEqual(await rowsOf(id), ['mail queued sms', 'sms failed UNDELIV']);
  });

  it('a failure after it was delivered, and the other way round › the first word stands', async () => {
    const ids = [await written(), await written()];
    await deliver();
    const [first = '', second = ''] = given;
    for (const [key, states] of [
      [first, ['delivered', 'failed']],
      [second, ['failed', 'delivered']],
    ] as const)
      for (const state of states) await tell({ key, state, code: 'X' }).expect(200);
    assert.deepEqual(await rowsOf(ids[0] ?? ''), ['sms delivered X']);
    assert.deepEqual(await rowsOf(ids[1] ?? ''), ['mail queued sms', 'sms failed X']);
  });

  it('of a message whose yes was lost › ends the waiting for a second try', async () => {
    const id = await written();
    // Gone before it could say so.
    meanwhile = async () => gateway.close();
    await deliver();
    assert.equal(given.length, 1);
    const [waiting] = await town.services.notices.ofMatter(id);
    assert.deepEqual([waiting?.state, waiting?.attempts], ['queued', 1]);
    await tell({ key: waiting?.key, state: 'delivered', code: 'DELIVRD' }).expect(200);
    assert.deepEqual(await rowsOf(id), ['sms delivered DELIVRD']);
  });

  it('of what nobody sent, or not yet, or not by SMS › change nothing', async () => {
    const id = await written();
    const key = `${id}/1/received/citizen/sms`;
    await tell([
      { key, state: 'delivered' },
      { key: 'unknown', id: 'unknown', state: 'failed' },
      { key: `${id}/1/received/citizen/mail`, state: 'failed' },
      { key: '__proto__', state: 'failed' },
      { key: '$where', state: 'failed' },
    ]).expect(200);
    assert.deepEqual(await rowsOf(id), ['sms queued']);
  });

  it('of what cannot be read, or with a wrong key › are refused, and nothing of them is said', async () => {
    const id = await written();
    await deliver();
    const key = given[0] ?? '';
    for (const body of ['', '{', 'null', '[]x', WRITER.phone, `{"key":"${WRITER.phone}"}`, '[[[[]]]]'])
      await tell(body).expect(400);
    await tell({ key: 'unknown', state: 'failed', code: WRITER.phone }).expect(200);
    await tell({ key: 'x'.repeat(600), state: 'failed' }).expect(400);
    const wrong = receipts.replace(/[^/]+(?=\/receipts$)/, 'a-wrong-key');
    await tell({ key, state: 'failed', code: WRITER.phone }, wrong).expect(404);
    assert.deepEqual(await rowsOf(id), ['sms sent']);
    const told = logged.join('\n');
    for (const secret of [WRITER.phone, WRITER.mail, 'a-wrong-key', receipts.split('/').at(-2) ?? ''])
      assert.ok(!told.includes(secret), secret);
  });

  it('with a number for a code › leave none in the ledger', async () => {
    const id = await written();
    await deliver();
    await tell({ key: given[0], state: 'failed', code: `+86${WRITER.phone}` }).expect(200);
    assert.deepEqual(await rowsOf(id), ['mail queued sms', 'sms failed']);
  });

  it('ten thousand at once › are all answered, and what was among them is found', async function () {
    this.timeout(60_000);
    const id = await written();
    await deliver();
    const flood = Array.from({ length: 9999 }, (_, place) => ({ id: `other-${place}`, state: 'delivered' }));
    const all = [...flood, { id: 'g-1', state: 'delivered', code: 'DELIVRD' }];
    const calls = Array.from({ length: 20 }, (_, place) => all.slice(place * 500, (place + 1) * 500));
    const answers = await Promise.all(calls.map((part) => tell(part)));
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200]);
    assert.deepEqual(await rowsOf(id), ['sms delivered DELIVRD']);
  });
});
