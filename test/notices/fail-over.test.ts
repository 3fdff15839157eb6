import assert from 'node:assert/strict';
import { makeDeliverNotices } from '../../src/notices/deliver-notices.ts';
import { MessageRefused, NoGateway, type OutgoingMessage } from '../../src/notices/channels/channel.ts';
import { makeFailOver } from '../../src/notices/fail-over.ts';
import { QUEUED, type Notice } from '../../src/notices/notice.ts';
import { mongoNoticeStore } from '../../src/notices/notice-store.mongo.ts';
import type { NoticeStore } from '../../src/notices/notice-store.ts';
import { makeTakeReceipt } from '../../src/notices/take-receipt.ts';
import { makeLog } from '../../src/platform/log.ts';
import { on } from '../support/builders.ts';
import { movableClock } from '../support/movable-clock.ts';
import { openDatabase, type TestDatabase } from '../support/open-database.ts';

const NOW = on('2026-09-23 10:00');

const notice = (channel: 'sms' | 'mail', patch: Partial<Notice> = {}): Notice => ({
  ...QUEUED,
  key: `m1/v1/yellowCard/p-1/${channel}`,
  matterId: 'm1',
  number: '2026-000001-2',
  template: 'yellowCard',
  recipient: { role: 'head', personId: 'p-1' },
  channel,
  step: 'yellowCard',
  clockVersion: 1,
  dueAt: NOW,
  plannedAt: NOW,
  ...patch,
});

describe('a notice that one way does not take', () => {
  let database: TestDatabase;
  let notices: NoticeStore;
  beforeEach(async () => {
    database = await openDatabase();
    notices = mongoNoticeStore(database.connection);
  });
  afterEach(() => database.end());

  type Send = (message: OutgoingMessage) => Promise<{ id: string }>;
  const takes: Send = async ({ key }) => ({ id: `gw-${key}` });
  const refuses: Send = async () => {
    throw new MessageRefused('21211');
  };
  const isMissing: Send = async () => {
    throw new NoGateway();
  };
  const isDown: Send = async () => {
    throw new TypeError('connect ECONNREFUSED 13800001234');
  };

  const deliverer = (sms: Send, mail: Send) =>
    makeDeliverNotices({
      notices,
      channels: { sms: { send: sms }, mail: { send: mail } },
      prepareNotice: async ({ template }) => ({ to: 'x', subject: '', text: '', template, params: {} }),
      failOver: makeFailOver({ notices }),
      restsUntil: async () => null,
      elapsed: () => 0,
      log: makeLog('silent'),
    });
  const states = async (): Promise<string[]> =>
    (await notices.ofMatter('m1'))
      .map(({ channel, state, remark }) => `${channel} ${state} ${remark}`.trim())
      .toSorted();

  it('by SMS goes by mail', async () => {
    await notices.add([notice('sms')]);
    const deliver = deliverer(refuses, takes);
    await deliver('sms', NOW);
    assert.deepEqual(await states(), ['mail queued sms', 'sms failed 21211']);
    await deliver('mail', NOW);
    assert.deepEqual(await states(), ['mail sent', 'sms failed 21211']);
  });

  it('neither by SMS nor by mail lies on the desk until it is read', async () => {
    await notices.add([notice('sms'), notice('mail')]);
    const deliver = deliverer(refuses, isMissing);
    await deliver('sms', NOW);
    assert.deepEqual(await states(), ['mail queued', 'sms failed 21211']);
    await deliver('mail', NOW);
    assert.deepEqual(await states(), ['board sent mail', 'mail suppressed no gateway', 'sms failed 21211']);
    const [waiting] = await notices.onBoardOf('p-1');
    assert.ok(waiting);
    await notices.readOnBoard(waiting.key, 'p-2', NOW);
    assert.equal((await notices.onBoardOf('p-1')).length, 1, 'nobody reads it for another');
    await notices.readOnBoard(waiting.key, 'p-1', NOW);
    assert.deepEqual(await notices.onBoardOf('p-1'), []);
  });

  it('by mail, after the SMS was taken, is said no other way', async () => {
    await notices.add([notice('sms'), notice('mail')]);
    const deliver = deliverer(takes, refuses);
    await deliver('sms', NOW);
    await deliver('mail', NOW);
    assert.deepEqual(await states(), ['mail failed 21211', 'sms sent']);
  });

  it('of a citizen has no desk to lie on', async () => {
    await notices.add([notice('mail', { recipient: { role: 'citizen', personId: null } })]);
    await deliverer(refuses, refuses)('mail', NOW);
    assert.deepEqual(await states(), ['mail failed 21211']);
  });

  it('and is not needed any more goes no other way', async () => {
    await notices.add([notice('sms')]);
    const deliver = makeDeliverNotices({
      notices,
      channels: { sms: { send: takes }, mail: { send: takes } },
      prepareNotice: async () => ({ unsent: 'moot' }),
      failOver: makeFailOver({ notices }),
      restsUntil: async () => null,
      elapsed: () => 0,
      log: makeLog('silent'),
    });
    await deliver('sms', NOW);
    assert.deepEqual(await states(), ['sms suppressed moot']);
  });

  it('because its gateway is down waits, and three of them are tried, not all', async () => {
    const many = Array.from({ length: 10 }, (_, place) =>
      notice('sms', {
        key: `m1/v1/yellowCard/p-${place}/sms`,
        recipient: { role: 'head', personId: `p-${place}` },
        seq: place,
      }),
    );
    await notices.add(many);
    let calls = 0;
    const deliver = deliverer(async (message) => {
      calls += 1;
      return isDown(message);
    }, takes);
    assert.equal(await deliver('sms', NOW), 3);
    assert.equal(calls, 3);
    const [first] = await notices.byKeys(['m1/v1/yellowCard/p-0/sms']);
    assert.deepEqual([first?.state, first?.remark], ['queued', 'TypeError'], 'no number in the ledger');
  });

  describe('as its receipt says later', () => {
    const receipt = (patch: object) => ({
      id: null,
      key: null,
      state: 'failed' as const,
      remark: 'UNDELIV',
      ...patch,
    });
    const taker = () =>
      makeTakeReceipt({ notices, failOver: makeFailOver({ notices }), clock: movableClock(NOW) });

    it('is settled by the gateway’s id, and goes by mail when it did not arrive', async () => {
      await notices.add([notice('sms')]);
      await deliverer(takes, takes)('sms', NOW);
      await taker()(receipt({ id: 'gw-m1/v1/yellowCard/p-1/sms' }));
      assert.deepEqual(await states(), ['mail queued sms', 'sms failed UNDELIV']);
    });

    it('is settled by our key; a second receipt changes nothing', async () => {
      await notices.add([notice('sms')]);
      await deliverer(takes, takes)('sms', NOW);
      await taker()(receipt({ key: 'm1/v1/yellowCard/p-1/sms', state: 'delivered', remark: 'DELIVRD' }));
      await taker()(receipt({ key: 'm1/v1/yellowCard/p-1/sms' }));
      assert.deepEqual(await states(), ['sms delivered DELIVRD']);
    });

    it('may be told before the gateway’s own answer is written down', async () => {
      await notices.add([notice('sms')]);
      const take = taker();
      const deliver = deliverer(async ({ key }) => {
        await take(receipt({ key, state: 'delivered', remark: 'DELIVRD' }));
        return { id: 'gw-1' };
      }, takes);
      await deliver('sms', NOW);
      assert.deepEqual(await states(), ['sms delivered DELIVRD']);
    });

    it('of a message nobody sent changes nothing', async () => {
      await notices.add([notice('sms')]);
      await taker()(receipt({ id: 'gw-unknown', key: 'unknown' }));
      assert.deepEqual(await states(), ['sms queued']);
    });
  });

  it('due together goes out in the order of what happened', async () => {
    const out: string[] = [];
    await notices.add([
      notice('sms', { key: 'm1/v1/redCard/p-1/sms', template: 'redCard', seq: 9 }),
      notice('sms', { key: 'm1/v1/reminder/p-1/sms', template: 'reminder', seq: 5 }),
      notice('sms', { key: 'm1/v1/yellowCard/p-1/sms', seq: 7 }),
    ]);
    await deliverer(async ({ template }) => {
      out.push(template);
      return { id: template };
    }, takes)('sms', NOW);
    assert.deepEqual(out, ['reminder', 'yellowCard', 'redCard']);
  });
});
