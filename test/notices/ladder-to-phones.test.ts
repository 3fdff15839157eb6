import assert from 'node:assert/strict';
import { actorOf } from '../../src/accounts/sign-in.ts';
import { makeDeliverNotices } from '../../src/notices/deliver-notices.ts';
import { makeLog } from '../../src/platform/log.ts';
import { aLetterIn, BY_PHONE } from '../support/letters.ts';
import { openTestTown, TEST_PEOPLE, type TestTown } from '../support/test-town.ts';

const RECEIVED = '2026-09-23T02:00:00Z'; // Wednesday 10:00; five working days over the Mid-Autumn and National Day weeks

const actor = (username: string) => {
  const person = TEST_PEOPLE.find((each) => each.username === username);
  assert.ok(person);
  return actorOf(person);
};

describe('the ladder, from stored clock to telephone', () => {
  let town: TestTown;
  let id = '';
  beforeEach(async () => {
    town = await openTestTown(RECEIVED);
    id = (await aLetterIn(town, BY_PHONE)).id;
  });
  afterEach(() => town.end());

  const assign = async () => {
    const seen = await town.services.matters.byId(id);
    await town.services.performDeskAction(
      {
        id,
        action: 'assign',
        seenVersion: seen?.version ?? 0,
        other: '',
        text: '',
        unit: 'roads',
        supporting: [],
        accused: [],
        ground: 'litigation',
        resolution: 'solved',
        days: 0,
        confirmation: '',
      },
      actor('dispatcher'),
    );
  };
  const sweepAt = async (instant: string) => {
    town.at.moveTo(new Date(instant));
    const steps = await town.sweeps.advanceClocks(town.at.now());
    await town.sweeps.deliverNotices(town.at.now());
    return steps;
  };
  const sms = () => town.sent.sms.map(({ to, template }) => `${template} → ${to}`);
  const HEAD = '13800000011';

  it('reminds the leader before the week is over, then yellow, urging, red, each once and in order', async () => {
    await assign();
    town.sent.sms.length = 0;
    // 23 Sep + 5 working days: 24, 28, 29, 30 Sep, 8 Oct
    await sweepAt('2026-10-08T00:30:00Z');
    const toWriter = ['received', 'assigned'].map((template) => `${template} → 13800001234`);
    assert.deepEqual(sms(), [...toWriter, `signOverdue → ${HEAD}`, `reminder → ${HEAD}`]);
    await sweepAt('2026-10-08T09:31:00Z');
    await sweepAt('2026-10-08T09:32:00Z');
    await sweepAt('2026-10-09T01:01:00Z');
    await sweepAt('2026-10-10T09:31:00Z');
    assert.deepEqual(sms().slice(4), [
      `yellowCard → ${HEAD}`,
      `urgingNotice → ${HEAD}`,
      'urgingNotice → 13800000004',
      `redCard → ${HEAD}`,
      'redCard → 13800000003',
      `supervisionOrder → ${HEAD}`,
      'supervisionOrder → 13800000002',
    ]);
    assert.ok(
      town.sent.sms.every(({ text }) => !text.includes('坑')),
      'no word of the letter in an SMS',
    );
  });

  it('after two days of downtime takes every missed step once, in order', async () => {
    await assign();
    const steps = await sweepAt('2026-10-12T01:00:00Z');
    const matter = await town.services.matters.byId(id);
    const taken = matter?.history.filter(({ what }) => what === 'step').map(({ step }) => step);
    assert.deepEqual(taken, [
      'signOverdue',
      'halfTime',
      'reminder',
      'yellowCard',
      'urgingNotice',
      'redCard',
      'supervisionOrder',
    ]);
    assert.equal(steps, 7);
    assert.equal(await sweepAt('2026-10-12T01:01:00Z'), 0);
  });

  it('says nothing of a step once the matter is answered in between', async () => {
    await assign();
    town.at.moveTo(new Date('2026-10-08T09:31:00Z'));
    await town.sweeps.advanceClocks(town.at.now());
    const { matters, performDeskAction } = town.services;
    const act = async (username: string, action: 'signFor' | 'draft' | 'submitForReview' | 'approve') => {
      const seen = await matters.byId(id);
      await performDeskAction(
        {
          id,
          action,
          seenVersion: seen?.version ?? 0,
          other: '',
          text: '您好，文昌路路面的坑已于今日由养护队修补完毕，感谢来信，欢迎继续监督我们的工作。',
          unit: '',
          supporting: [],
          accused: [],
          ground: 'litigation',
          resolution: 'solved',
          days: 0,
          confirmation: '',
        },
        actor(username),
      );
    };
    await act('roads-handler', 'signFor');
    await act('roads-handler', 'draft');
    await act('roads-handler', 'submitForReview');
    await act('roads-head', 'approve');
    town.sent.sms.length = 0;
    await town.sweeps.deliverNotices(town.at.now());
    assert.deepEqual(
      sms().filter((line) => !/^(received|assigned|answered) /.test(line)),
      [],
    );
    const states = await town.services.notices.countByState();
    assert.ok((states.get('suppressed') ?? 0) >= 4);
  });

  it('tries again when a gateway fails, later each time, and gives up in the open', async () => {
    let calls = 0;
    const failing = {
      send: async () => {
        calls += 1;
        throw new Error('down');
      },
    };
    const { notices } = town.services;
    const deliver = makeDeliverNotices({
      notices,
      channels: { mail: failing, sms: failing },
      prepareNotice: async ({ template }) => ({
        to: 'x',
        subject: '',
        text: '',
        template,
        params: {},
      }),
      failOver: async () => {},
      restsUntil: async () => null,
      elapsed: () => 0,
      log: makeLog('silent'),
    });
    let now = new Date(RECEIVED);
    for (const minutes of [0, 1, 5, 30, 120]) {
      now = new Date(now.getTime() + minutes * 60_000);
      await deliver('sms', new Date(now.getTime() - 1000));
      await deliver('sms', now);
    }
    assert.equal(calls, 5);
    assert.equal((await notices.countByState()).get('failed'), 1);
    await deliver('sms', new Date(now.getTime() + 86_400_000));
    assert.equal(calls, 5);
  });

  it('leaves telephones alone at night', async () => {
    await town.end();
    town = await openTestTown('2026-09-23T15:30:00Z'); // 23:30
    await town.services.submitLetter(
      {
        kind: 'help',
        title: '夜里来信',
        body: '夜里写来的信，明早再发短信。',
        place: '',
        writer: { name: '李小满', phone: '13800001234', mail: '', address: '' },
        wish: 'private',
        language: 'zh-CN',
        channel: 'web',
        attachments: [],
      },
      'key',
    );
    await town.sweeps.deliverNotices(town.at.now());
    assert.deepEqual(sms(), []);
    await town.sweeps.deliverNotices(new Date('2026-09-24T00:00:00Z'));
    assert.deepEqual(sms(), ['received → 13800001234']);
  });
});
