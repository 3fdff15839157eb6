import assert from 'node:assert/strict';
import { answerLetter, desk, follow, post, writeLetter } from '../letters/filing-support.ts';
import { openTestTown, type TestTown } from '../support/test-town.ts';

describe('messages to the writer, looked at once more when they are sent', () => {
  let town: TestTown;
  beforeEach(async () => {
    town = await openTestTown('2026-09-24T02:00:00Z');
  });
  afterEach(() => town.end());

  /** What became of each message to the writer, a day after what was done. */
  const aDayLater = async (id: string, hours = 24): Promise<string[]> => {
    town.at.moveTo(new Date(town.at.now().getTime() + hours * 3_600_000));
    await town.sweeps.deliverNotices(town.at.now());
    const notices = await town.services.notices.ofMatter(id);
    return notices
      .filter(({ recipient }) => recipient.role === 'citizen')
      .map(({ template, channel, state, remark }) =>
        state === 'suppressed' ? `${template} ${channel} ${remark}` : `${template} ${channel} ${state}`,
      );
  };
  const answered = async () => {
    const { browser, ...letter } = await writeLetter(town);
    await answerLetter(town, letter);
    await town.sweeps.deliverNotices(town.at.now());
    await follow(browser, letter);
    return { ...letter, browser };
  };
  /** It was answered before anybody could be told who has it. */
  const BEFORE = ['received mail sent', 'assigned mail moot', 'answered mail sent'];

  it('unrated › invited', async () => {
    const { id } = await answered();
    assert.deepEqual(await aDayLater(id), [...BEFORE, 'rate mail sent']);
  });

  it('rated within the day › not invited', async () => {
    const { id, browser } = await answered();
    await post(browser, '/letters/mine/rate', { overall: '4', solved: 'yes' }).expect(303);
    assert.deepEqual(await aDayLater(id), [...BEFORE, 'rate mail moot']);
  });

  it('taken up again within the day › not invited', async () => {
    const { id, browser } = await answered();
    await post(browser, '/letters/mine/reopen', { reason: '又坏了' }).expect(303);
    assert.deepEqual(await aDayLater(id), [...BEFORE, 'rate mail moot']);
  });

  it('unsubscribed within the day › not invited, and the ledger says why', async () => {
    const { id, browser } = await answered();
    await post(browser, '/letters/mine/messages', { by: 'mail', about: 'essentials' }).expect(303);
    assert.deepEqual(await aDayLater(id), [...BEFORE, 'rate mail unsubscribed']);
  });

  it('by SMS from now on › invited by SMS', async () => {
    const { id, browser } = await answered();
    await post(browser, '/letters/mine/messages', { by: 'sms', about: 'everything' }).expect(303);
    const became = await aDayLater(id);
    assert.deepEqual(became.toSorted(), [...BEFORE, 'rate mail unsubscribed', 'rate sms sent'].toSorted());
  });

  it('a question answered on the phone before the SMS went in the morning › not asked any more', async () => {
    await town.end();
    town = await openTestTown('2026-09-24T14:00:00Z'); // 22:00
    const { id } = await writeLetter(town, { mail: '' });
    await desk(town, 'dispatcher', id, 'askCitizen', { text: '请问在路的哪一侧？' });
    await desk(town, 'dispatcher', id, 'answerQuestion', { text: '电话里说在东侧' });
    assert.deepEqual(await aDayLater(id, 12), ['received sms sent', 'asked sms moot']);
  });
});
