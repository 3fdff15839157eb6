import assert from 'node:assert/strict';
import { act, aLetterIn, anAnswered, anAssigned, WRITER } from '../support/letters.ts';
import { openTestTown, type TestTown } from '../support/test-town.ts';

/** Friday 25 September to Sunday 27 is Mid-Autumn; the office opens again on Monday 28. */
const EVENING_BEFORE = '2026-09-24T14:00:00Z';
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
    assert.deepEqual(await onMonday(), ['assigned roads-handler', 'assigned roads-head']);
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
    assert.deepEqual(await onMonday(), []);
  });

  it('joined and separated again › neither writer nor handler hears of the joining', async () => {
    const primary = await anAssigned(town, 'roads');
    await act(town, 'roads-handler', primary.id, 'signFor');
    const writer = { ...WRITER, name: '王小二', mail: 'wang@mail.example', phone: '13900001234' };
    const { id } = await aLetterIn(town, { writer });
    await act(town, 'dispatcher', id, 'join', { other: primary.number });
    await act(town, 'dispatcher', id, 'separate');
    assert.deepEqual(await onMonday(), []);
    const toWriter = town.sent.mail.filter(({ to }) => to === writer.mail).map(({ template }) => template);
    assert.deepEqual(toWriter, ['received', 'separated']);
  });
});
