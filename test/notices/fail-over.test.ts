import assert from 'node:assert/strict';
import { makeDeliverNotices } from '../../src/notices/deliver-notices.ts';
import {
  GatewayFault,
  MessageRefused,
  NoGateway,
  type OutgoingMessage,
} from '../../src/notices/channels/channel.ts';
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

  it('and is a digest of what lies on the desk is not laid there as well', async () => {
    await notices.add([
      notice('mail', { key: 'digest-roads/2026-09-23/p-1/mail', matterId: null, template: 'digest' }),
    ]);
    await deliverer(refuses, isMissing)('mail', NOW);
    const [digest] = await notices.byKeys(['digest-roads/2026-09-23/p-1/mail']);
    assert.deepEqual([digest?.state, await notices.onBoardOf('p-1')], ['suppressed', []]);
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

  it('at the time a process dies › is passed on by the next sweep, once', async () => {
    await notices.add([notice('sms')]);
    const claimed = await notices.claim('sms', NOW, 60_000);
    assert.ok(claimed);
    // Here the process ends: the failure is written down, the next way is not.
    await notices.settle(claimed.key, { state: 'failed', at: NOW, remark: '21211' });
    assert.deepEqual(await states(), ['sms failed 21211']);
    const deliver = deliverer(takes, takes);
    await deliver('sms', NOW);
    assert.deepEqual(await states(), ['mail queued sms', 'sms failed 21211']);
    await deliver('mail', NOW);
    await deliver('sms', NOW);
    assert.deepEqual(await states(), ['mail sent', 'sms failed 21211']);
  });

  it('for the last time, while its receipt says that it is there › has arrived and goes no other way', async () => {
    await notices.add([notice('sms', { attempts: 4 })]);
    const deliver = deliverer(async ({ key }) => {
      await notices.confirm({ key, gatewayId: null, state: 'delivered', at: NOW, remark: 'DELIVRD' });
      throw new GatewayFault('no answer in time');
    }, takes);
    await deliver('sms', NOW);
    assert.deepEqual(await states(), ['sms delivered DELIVRD']);
  });

  it('at the same time as the other › lies on the desk, once', async () => {
    await notices.add([notice('sms'), notice('mail')]);
    const deliver = deliverer(refuses, refuses);
    await Promise.all([deliver('sms', NOW), deliver('mail', NOW)]);
    const became = await states();
    assert.deepEqual(became.slice(1), ['mail failed 21211', 'sms failed 21211']);
    assert.match(became[0] ?? '', /^board sent /);
  });

  it('because each try ends the process › is tried five times, then goes by mail', async () => {
    await notices.add([notice('sms')]);
    const at = (tries: number) => new Date(NOW.getTime() + tries * 60_000);
    for (let tries = 0; tries < 5; tries += 1) assert.ok(await notices.claim('sms', at(tries), 60_000));
    let calls = 0;
    await deliverer(async (message) => {
      calls += 1;
      return takes(message);
    }, takes)('sms', at(5));
    assert.equal(calls, 0);
    assert.deepEqual(await states(), ['mail queued sms', 'sms failed never settled']);
  });

  it('because it cannot be put into words › holds up no other, and is given up like any other', async () => {
    const others = ['p-2', 'p-3', 'p-4'].map((personId) =>
      notice('sms', {
        key: `m1/v1/yellowCard/${personId}/sms`,
        recipient: { role: 'head', personId },
        seq: 9,
      }),
    );
    await notices.add([notice('sms'), ...others]);
    const logged: string[] = [];
    const deliver = makeDeliverNotices({
      notices,
      channels: { sms: { send: takes }, mail: { send: takes } },
      prepareNotice: async ({ recipient, template }) => {
        if (recipient.personId === 'p-1') throw new Error('13800001234 has no words');
        return { to: 'x', subject: '', text: '', template, params: {} };
      },
      failOver: makeFailOver({ notices }),
      restsUntil: async () => null,
      elapsed: () => 0,
      log: makeLog('debug', { write: (line: string) => logged.push(line) }),
    });
    for (const minutes of [0, 1, 6, 36, 156])
      await deliver('sms', new Date(NOW.getTime() + minutes * 60_000));
    assert.deepEqual(await states(), [
      'mail queued sms',
      'sms failed Error',
      'sms sent',
      'sms sent',
      'sms sent',
    ]);
    assert.equal(logged.length, 5);
    assert.ok(!logged.join().includes('1380000'), logged.join());
  });

  it('gateways’ own words for why › stand in ledger and log', async () => {
    await notices.add([notice('sms')]);
    await deliverer(async () => {
      throw new GatewayFault('SMS gateway answered 503');
    }, takes)('sms', NOW);
    const [first] = await notices.byKeys(['m1/v1/yellowCard/p-1/sms']);
    assert.equal(first?.remark, 'SMS gateway answered 503');
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

  it('is waited for by what the same person is to hear next, and by nobody else', async () => {
    const out: string[] = [];
    let isUp = false;
    const deliver = deliverer(async ({ key }) => {
      if (!isUp && key.includes('yellowCard/p-1')) throw new GatewayFault('busy');
      out.push(key.replace('m1/v1/', ''));
      return { id: key };
    }, takes);
    const redCard = { template: 'redCard', step: 'redCard', seq: 9 } as const;
    const to = (personId: string) => ({ recipient: { role: 'head', personId } as const });
    await notices.add([
      notice('sms', { seq: 7 }),
      notice('sms', { ...redCard, key: 'm1/v1/redCard/p-1/sms' }),
      notice('sms', { ...redCard, ...to('p-2'), key: 'm1/v1/redCard/p-2/sms' }),
      notice('sms', { ...redCard, matterId: 'm2', key: 'm2/v1/redCard/p-1/sms' }),
    ]);
    await deliver('sms', NOW);
    assert.deepEqual(out, ['redCard/p-2/sms', 'm2/v1/redCard/p-1/sms']);
    isUp = true;
    await deliver('sms', new Date(NOW.getTime() + 30_000));
    assert.equal(out.length, 2, 'the gateway is asked again when its time has come');
    await deliver('sms', new Date(NOW.getTime() + 60_000));
    assert.deepEqual(out.slice(2), ['yellowCard/p-1/sms', 'redCard/p-1/sms']);
    const [red] = await notices.byKeys(['m1/v1/redCard/p-1/sms']);
    assert.equal(red?.attempts, 1, 'to wait was no try');
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
