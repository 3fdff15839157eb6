import assert from 'node:assert/strict';
import { actorOf } from '../../src/accounts/sign-in.ts';
import { CITIZEN_ACTIONS } from '../../src/letters/citizen-actions.ts';
import type { DeskActionName, DeskInput } from '../../src/matters/desk-actions.ts';
import { openTestTown, TEST_PEOPLE, type TestTown } from '../support/test-town.ts';

const NOTHING_TYPED: DeskInput = {
  text: '',
  unit: '',
  supporting: [],
  accused: [],
  ground: 'litigation',
  resolution: 'solved',
  days: 0,
  confirmation: '',
};

describe('the way through, by use cases', () => {
  let town: TestTown;
  before(async () => {
    town = await openTestTown('2026-09-24T02:00:00Z');
  });
  after(() => town.end());

  const as = (username: string) => {
    const person = TEST_PEOPLE.find((each) => each.username === username);
    assert.ok(person);
    return actorOf(person);
  };
  const desk = async (
    username: string,
    id: string,
    action: DeskActionName,
    input: Partial<DeskInput> = {},
  ) => {
    const seen = await town.services.matters.byId(id);
    assert.ok(seen);
    return town.services.performDeskAction(
      { ...NOTHING_TYPED, ...input, id, action, seenVersion: seen.version, other: '' },
      as(username),
    );
  };

  it('a letter is received, sorted, answered, published, counted and rated', async () => {
    const { services, sent } = town;
    const letter = {
      kind: 'complaint',
      title: '文昌路路面破损',
      body: '文昌路中段路面有一个大坑，夜里很危险，请派人修补。我的电话13800001234。',
      place: '文昌路',
      writer: { name: '李小满', phone: '13800001234', mail: 'li@mail.example', address: '' },
      wish: 'public',
      language: 'zh-CN',
      channel: 'web',
      attachments: [],
    } as const;
    const { matter, code } = await services.submitLetter(letter, 'form-key-1');
    assert.equal(matter.suggestions[0]?.unit, 'roads');
    assert.match(matter.number, /^2026-000001-\d$/);

    const again = await services.submitLetter(letter, 'form-key-1');
    assert.equal(again.matter.id, matter.id);
    assert.equal(again.code, code);

    await desk('dispatcher', matter.id, 'assign', { unit: 'roads' });
    await desk('roads-handler', matter.id, 'signFor');
    const text = '李小满您好，文昌路中段路面破损已于今日安排养护队修补完毕，感谢您的提醒，如有问题请来电。';
    await desk('roads-handler', matter.id, 'draft', { text, resolution: 'solved' });
    await desk('roads-handler', matter.id, 'submitForReview');
    await assert.rejects(desk('roads-handler', matter.id, 'approve'), { code: 'ILLEGAL_ACTION' });
    town.at.moveTo(new Date('2026-09-29T02:00:00Z'));
    await desk('roads-head', matter.id, 'approve');
    await desk('dispatcher', matter.id, 'publish');
    await town.sweeps.deliverNotices(town.at.now());
    assert.ok(sent.mail.some((mail) => mail.to === 'li@mail.example' && mail.text.includes('修补完毕')));

    const shown = await services.publicLetters.byNumber(matter.number);
    assert.ok(shown);
    assert.doesNotMatch(`${shown.body}${shown.answer}`, /13800001234|李小满/);

    const tracked = await services.trackLetter(matter.number, code);
    await services.changeMatter(
      tracked.id,
      CITIZEN_ACTIONS.rate({ overall: 5, solved: 'yes', text: '很快' }),
    );
    const figures = await services.getTownFigures('2026-09-01', '2026-09-30');
    assert.equal(figures.own.answered, 1);
    assert.equal(figures.own.published, 1);
    assert.deepEqual(figures.own.satisfied, { numerator: 1, denominator: 1, value: 1 });
    await assert.rejects(services.trackLetter(matter.number, '22222-22222'), { code: 'WRONG_CODE' });
  });

  it('a report › is never suggested to the unit that its words name', async () => {
    const { services } = town;
    const report = {
      kind: 'report',
      title: '举报路面工程收红包',
      body: '举报交通局在路面工程中收受红包，请调查处理。',
      place: '',
      writer: { name: '李小满', phone: '13800001234', mail: '', address: '' },
      wish: 'private',
      language: 'zh-CN',
      channel: 'web',
      attachments: [],
    } as const;
    const unsuggested = await services.submitLetter(report, 'form-key-2');
    assert.deepEqual(unsuggested.matter.suggestions, []);

    const rules = await services.directory.routingRules();
    await services.directory.saveRoutingRules([
      ...rules,
      { id: 'conduct', any: ['举报'], unit: 'mailbox-office' },
    ]);
    const suggested = await services.submitLetter(report, 'form-key-3');
    assert.deepEqual(
      suggested.matter.suggestions.map(({ unit }) => unit),
      ['mailbox-office'],
    );
  });
});
