import assert from 'node:assert/strict';
import { act, aLetterIn, anAnswered, anAssigned, anInReview, WRITER } from '../support/letters.ts';
import { follow, openBrowser, post, writeLetter } from '../letters/filing-support.ts';
import { signedInAs } from '../support/sign-in.ts';
import { openTestTown, type TestTown } from '../support/test-town.ts';

/** Friday 25 September to Sunday 27 is Mid-Autumn; the office opens again on Monday 28. */
const EVENING_BEFORE = '2026-09-24T14:00:00Z';
const HANDED_ON = ['assigned roads-handler', 'assigned roads-head'];
const MONDAY = new Date('2026-09-28T01:10:00Z');

describe('staff who are told in the morning of what was done in the evening', () => {
  let town: TestTown;
  beforeEach(async () => {
    town = await openTestTown(EVENING_BEFORE);
  });
  afterEach(() => town.end());

  const onMonday = async (): Promise<string[]> => {
    town.at.moveTo(MONDAY);
    await town.sweeps.deliverNotices(MONDAY);
    return town.sent.mail
      .filter(({ to }) => to.endsWith('@town.example'))
      .map(({ template, to }) => `${template} ${to.split('@')[0]}`)
      .toSorted();
  };

  it('still to be signed for › both of the unit are told', async () => {
    await anAssigned(town, 'roads');
    assert.deepEqual(await onMonday(), HANDED_ON);
  });

  it('answered meanwhile › nobody is asked to sign for it', async () => {
    await anAnswered(town);
    assert.deepEqual(await onMonday(), []);
  });

  it('handed to another unit › only that one is told', async () => {
    const { id } = await anAssigned(town, 'roads');
    await act(town, 'dispatcher', id, 'assign', { unit: 'water' });
    assert.deepEqual(await onMonday(), ['assigned water-handler', 'assigned water-head']);
  });

  it('more time asked for and decided › the office is not asked to decide', async () => {
    const { id } = await anAssigned(town, 'roads');
    await act(town, 'roads-handler', id, 'signFor');
    await act(town, 'roads-handler', id, 'askExtension', { days: 3, text: '等材料' });
    await act(town, 'dispatcher', id, 'declineExtension', { text: '请按期' });
    assert.deepEqual(await onMonday(), [...HANDED_ON, 'requestDecided roads-handler']);
  });

  it('joined and separated again › neither writer nor handler hears of the joining', async () => {
    const primary = await anAssigned(town, 'roads');
    await act(town, 'roads-handler', primary.id, 'signFor');
    const writer = { ...WRITER, name: '王小二', mail: 'wang@mail.example', phone: '13900001234' };
    const { id } = await aLetterIn(town, { writer });
    await act(town, 'dispatcher', id, 'join', { other: primary.number });
    await act(town, 'dispatcher', id, 'separate');
    assert.deepEqual(await onMonday(), HANDED_ON);
    const toWriter = town.sent.mail.filter(({ to }) => to === writer.mail).map(({ template }) => template);
    assert.deepEqual(toWriter, ['received', 'separated']);
  });
});

describe('a handler who waits for others', () => {
  let town: TestTown;
  let id: string;
  beforeEach(async () => {
    town = await openTestTown('2026-09-24T02:00:00Z');
    ({ id } = await anAssigned(town, 'roads'));
  });
  afterEach(() => town.end());

  const toldOf = async (): Promise<string[]> => {
    town.sent.mail.length = 0;
    await town.sweeps.deliverNotices(town.at.now());
    return town.sent.mail.map(({ template, to }) => `${template} ${to.split('@')[0]}`);
  };

  it('a return › hears that it was declined', async () => {
    await act(town, 'roads-handler', id, 'askReturn', { text: '属水务局' });
    await town.sweeps.deliverNotices(town.at.now());
    await act(town, 'dispatcher', id, 'declineReturn', { text: '道路归交通局' });
    assert.deepEqual(await toldOf(), ['requestDecided roads-handler']);
  });

  for (const [decision, days, dueOn] of [
    ['grantExtension', 3, '2026-10-13'],
    ['declineExtension', 0, '2026-10-09'],
  ] as const)
    it(`more time, ${decision} › hears of it, with the day that now holds`, async () => {
      await act(town, 'roads-handler', id, 'signFor');
      await act(town, 'roads-handler', id, 'askExtension', { days: 3, text: '等材料' });
      await town.sweeps.deliverNotices(town.at.now());
      await act(town, 'dispatcher', id, decision, { days, text: '已研究' });
      const told = (await toldOf()).filter((each) => each.startsWith('requestDecided'));
      assert.deepEqual(told, ['requestDecided roads-handler']);
      const mail = town.sent.mail.find(({ template }) => template === 'requestDecided');
      assert.match(mail?.text ?? '', new RegExp(`答复期限：${dueOn}`));
    });

  it('a draft › hears that it was sent back', async () => {
    const inReview = await anInReview(town);
    await town.sweeps.deliverNotices(town.at.now());
    await act(town, 'roads-head', inReview.id, 'sendBack', { text: '请写明日期' });
    assert.deepEqual(await toldOf(), ['sentBack roads-handler']);
  });

  it('a letter its writer withdraws › hears that nothing more need be done', async () => {
    const { code, number, id: other } = await writeLetter(town);
    await act(town, 'dispatcher', other, 'assign', { unit: 'roads' });
    await town.sweeps.deliverNotices(town.at.now());
    const browser = openBrowser(town);
    await follow(browser, { number, code });
    await post(browser, '/letters/mine/withdraw', { sure: 'yes', why: '已经修好了' }).expect(303);
    assert.ok((await toldOf()).includes('letterWithdrawn roads-handler'));
  });
});

describe('staff who wait for the writer', () => {
  let town: TestTown;
  beforeEach(async () => {
    town = await openTestTown('2026-09-24T02:00:00Z');
  });
  afterEach(() => town.end());

  const told = async (template: string) => {
    await town.sweeps.deliverNotices(town.at.now());
    return town.sent.mail.filter((mail) => mail.template === template).map(({ to }) => to);
  };

  it('a question of the unit › its handler hears of the answer, and not of going on without one', async () => {
    const { code, number, id } = await writeLetter(town);
    await act(town, 'dispatcher', id, 'assign', { unit: 'roads' });
    await act(town, 'roads-handler', id, 'signFor');
    await act(town, 'roads-handler', id, 'pause', { text: '在哪一侧？' });
    await act(town, 'roads-handler', id, 'resume', { text: '不等了' });
    assert.deepEqual(await told('noted'), []);
    await act(town, 'roads-handler', id, 'pause', { text: '到底在哪一侧？' });
    const browser = openBrowser(town);
    await follow(browser, { number, code });
    await post(browser, '/letters/mine/resume', { reply: '在东侧，靠近学校。' }).expect(303);
    assert.deepEqual(await told('noted'), ['roads-handler@town.example']);
  });

  it('a question of the office › the office hears of the answer', async () => {
    const { code, number, id } = await writeLetter(town);
    await act(town, 'dispatcher', id, 'askCitizen', { text: '在哪一侧？' });
    const browser = openBrowser(town);
    await follow(browser, { number, code });
    await post(browser, '/letters/mine/answerQuestion', { reply: '在东侧，靠近学校。' }).expect(303);
    assert.deepEqual(await told('noted'), ['dispatcher@town.example']);
  });

  it('a letter that the office still has › the reminder names the office, where no unit is', async () => {
    const { id } = await aLetterIn(town);
    town.at.moveTo(new Date('2026-10-09T09:31:00Z'));
    await town.sweeps.advanceClocks(town.at.now());
    await town.sweeps.deliverNotices(town.at.now());
    const card = town.sent.mail.find(({ template }) => template === 'yellowCard');
    const { number } = (await town.services.matters.byId(id)) ?? {};
    assert.match(card?.text ?? '', new RegExp(`^区长信箱承办的信件 ${number} 应于`));
  });

  it('a card appealed against › the supervisor’s mail leads to the card', async () => {
    const { id } = await anAssigned(town, 'roads');
    town.at.moveTo(new Date('2026-10-09T09:31:00Z'));
    await town.sweeps.advanceClocks(town.at.now());
    const head = await signedInAs(town, 'roads-head');
    const appeal = '/supervision/cards/yellowCard-2026-1';
    await head
      .post(`${appeal}/appeal`)
      .type('form')
      .send({ version: '1', 'appeal.text': '10月8日才转到我局。' })
      .expect(303);
    await town.sweeps.deliverNotices(town.at.now());
    const mail = town.sent.mail.find(({ template }) => template === 'cardAppealed');
    assert.ok(mail?.text.endsWith(`http://huiyin.example${appeal}`), `${id}: ${mail?.text}`);
  });
});
