import assert from 'node:assert/strict';
import { CITIZEN_ACTIONS } from '../../src/letters/citizen-actions.ts';
import { openBrowser, pageText } from '../letters/filing-support.ts';
import { act, anAnswered } from '../support/letters.ts';
import { openTestTown, type TestTown } from '../support/test-town.ts';

describe('the public page of a reopened matter', () => {
  let town: TestTown;
  before(async () => {
    town = await openTestTown('2026-09-24T02:00:00Z');
  });
  after(() => town.end());

  it('keeps its answer and says that the matter is being handled again', async () => {
    const { id, number } = await anAnswered(town);
    await act(town, 'dispatcher', id, 'publish');
    const before = pageText((await openBrowser(town).get(`/answers/${number}`).expect(200)).text);
    assert.doesNotMatch(before, /再次办理/);
    await town.services.changeMatter(
      id,
      CITIZEN_ACTIONS.reopen({ text: '又坏了', overall: 1, solved: 'no' }),
    );
    const after = pageText((await openBrowser(town).get(`/answers/${number}`).expect(200)).text);
    assert.match(after, /正在再次办理/);
  });
});
