import assert from 'node:assert/strict';
import type { Matter } from '../../../src/domain/matters/matter.ts';
import { REFUSAL_GROUNDS } from '../../../src/domain/matters/refusal-grounds.ts';
import {
  answerQuestion,
  askCitizen,
  assign,
  nameAccused,
  refuse,
  takeBack,
  takeForSorting,
} from '../../../src/domain/matters/sorting.ts';
import {
  aHandedMatter,
  aLetter,
  aMatter,
  assertRefused,
  citizen,
  dispatcher,
  handler,
  LEAD,
  on,
  OTHER,
  townTime,
  wallOf,
} from '../../support/builders.ts';

const TOWN = townTime();
const NOW = on('2026-09-24 10:00');

describe('take for sorting › a new letter', () => {
  it('by the office › is in sorting, and its clock runs on', () => {
    const before = aMatter();
    const { matter } = takeForSorting(before, dispatcher, NOW);
    assert.equal(matter.state, 'sorting');
    assert.equal(matter.clock, before.clock);
  });

  it('by a unit › is refused', () => {
    assertRefused(() => takeForSorting(aMatter(), handler, NOW), 'ILLEGAL_ACTION');
  });
});

describe('ask the citizen › a letter that is not clear', () => {
  it('while sorting › keeps the question in its history and holds the clock', () => {
    const { matter, event } = askCitizen(aMatter({ state: 'sorting' }), '哪条路？', dispatcher, NOW, TOWN);
    assert.equal(matter.state, 'asked');
    assert.equal(event.text, '哪条路？');
    assert.equal(matter.clock.pausedAt, NOW);
    assert.equal(wallOf(matter.clock.waitsUntil), '2026-10-09 17:30');
  });

  it('answered by the citizen three days later › goes back to sorting, and the days left are counted from then', () => {
    const asked = askCitizen(aMatter(), '哪条路？', dispatcher, NOW, TOWN).matter;
    const { matter, event } = answerQuestion(asked, '明州路', citizen, on('2026-09-28 09:00'), TOWN);
    assert.deepEqual([matter.state, event.text, event.by.role], ['sorting', '明州路', 'citizen']);
    // Four were left: Tue 29, Wed 30, Thu 8, Fri 9.
    assert.equal(matter.clock.reply.dueOn, '2026-10-09');
    assert.deepEqual([matter.clock.pausedAt, matter.clock.waitsUntil], [null, null]);
  });

  it('once a unit has it › is the unit’s to ask', () => {
    assertRefused(
      () => askCitizen(aHandedMatter({ state: 'inHand' }), '?', dispatcher, NOW, TOWN),
      'ILLEGAL_ACTION',
    );
  });
});

describe('refuse › a letter the office cannot accept', () => {
  it('with a ground and where to turn › keeps both, stops the clock and wakes nobody', () => {
    const input = { ground: 'litigation', text: '请依法向法院提出。' } as const;
    const { matter, event } = refuse(aMatter(), input, dispatcher, NOW, TOWN);
    assert.equal(matter.state, 'notAccepted');
    assert.deepEqual(matter.refusal, { ...input, at: NOW });
    assert.equal(event.text, input.text);
    assert.ok(matter.clock.closesAt);
  });

  it('asked and not answered › may be refused, and the question is closed', () => {
    const asked = askCitizen(aMatter(), '?', dispatcher, NOW, TOWN).matter;
    const { matter } = refuse(asked, { ground: 'no-contact', text: '' }, dispatcher, NOW, TOWN);
    assert.deepEqual([matter.clock.pausedAt, matter.clock.waitsUntil], [null, null]);
  });

  it('the grounds › are eleven, each once', () => {
    assert.equal(REFUSAL_GROUNDS.length, 11);
    assert.equal(new Set(REFUSAL_GROUNDS).size, 11);
  });

  it('by the unit, or once a unit has it › is refused', () => {
    const input = { ground: 'abusive', text: '' } as const;
    assertRefused(() => refuse(aMatter(), input, handler, NOW, TOWN), 'ILLEGAL_ACTION');
    assertRefused(() => refuse(aHandedMatter(), input, dispatcher, NOW, TOWN), 'ILLEGAL_ACTION');
  });
});

describe('assign › a letter to its unit', () => {
  const input = { unit: LEAD, supporting: [OTHER, LEAD], text: '请阅处' };

  it('with supporting units › names one lead, which does not support itself', () => {
    const { matter, event } = assign(aMatter(), input, dispatcher, NOW, TOWN);
    assert.equal(matter.state, 'assigned');
    assert.deepEqual([matter.lead, matter.supporting, matter.handler], [LEAD, [OTHER], null]);
    assert.deepEqual([event.unit, event.text], [LEAD, '请阅处']);
  });

  it('the unit’s days › begin, and the reply is due when the receipt said', () => {
    const { matter } = assign(aMatter(), input, dispatcher, NOW, TOWN);
    assert.equal(wallOf(matter.clock.sign?.dueAt), '2026-09-28 17:30');
    assert.equal(wallOf(matter.clock.returnable?.dueAt), '2026-09-29 17:30');
    assert.equal(matter.clock.reply.dueOn, '2026-10-08');
    assert.equal(matter.clock.version, 1);
  });

  it('handed on before it was signed for › moves the lead and forgets the handler', () => {
    const first = aHandedMatter({ handler: 'somebody' });
    const again = { unit: OTHER, supporting: [], text: '' };
    const { matter } = assign(first, again, dispatcher, on('2026-09-28 10:00'), TOWN);
    assert.deepEqual([matter.lead, matter.supporting, matter.handler], [OTHER, [], null]);
    assert.equal(wallOf(matter.clock.sign?.dueAt), '2026-09-29 17:30');
  });

  it('a reopened matter › is handed on at once', () => {
    assert.equal(
      assign(aHandedMatter({ state: 'reopened' }), input, dispatcher, NOW, TOWN).matter.state,
      'assigned',
    );
  });

  it('signed for, or waiting for the citizen › is refused', () => {
    for (const state of ['signedFor', 'inHand', 'asked', 'joined'] as const) {
      assertRefused(() => assign(aHandedMatter({ state }), input, dispatcher, NOW, TOWN), 'ILLEGAL_ACTION');
    }
  });
});

/** The earlier letter. */

describe('take back › from a unit that should not have it', () => {
  it('in review › is in sorting with nobody, and the reply clock runs on', () => {
    const before = aHandedMatter({ state: 'inReview', handler: handler.id, supporting: [OTHER] });
    const { matter, event } = takeBack(before, '转错单位', dispatcher, NOW, TOWN);
    assert.deepEqual(
      [matter.state, matter.lead, matter.supporting, matter.handler],
      ['sorting', null, [], null],
    );
    assert.deepEqual([event.text, event.unit], ['转错单位', LEAD]);
    assert.equal(matter.clock.reply, before.clock.reply);
    assert.equal(wallOf(matter.clock.sort.dueAt), '2026-09-28 17:30');
  });

  it('before a unit has it, or by the unit › is refused', () => {
    assertRefused(() => takeBack(aMatter(), 'x', dispatcher, NOW, TOWN), 'ILLEGAL_ACTION');
    assertRefused(() => takeBack(aHandedMatter(), 'x', handler, NOW, TOWN), 'ILLEGAL_ACTION');
  });
});

describe('name the accused › whom a report is about', () => {
  const report = (patch: Partial<Matter> = {}) => aMatter({ letter: aLetter({ kind: 'report' }), ...patch });

  it('named › cannot be given it, as lead or as support; others can', () => {
    const { matter } = nameAccused(report(), [LEAD, LEAD], dispatcher, NOW);
    assert.deepEqual(matter.accused, [LEAD]);
    const to = (unit: string, supporting: readonly string[]) => () =>
      assign(matter, { unit, supporting, text: '' }, dispatcher, NOW, TOWN);
    assertRefused(to(LEAD, []), 'ACCUSED_UNIT');
    assertRefused(to(OTHER, [LEAD]), 'ACCUSED_UNIT');
    assert.equal(to(OTHER, [])().matter.lead, OTHER);
  });

  it('while that unit has it › is refused: it has to be taken back first', () => {
    const handed = report({ state: 'assigned', lead: LEAD });
    assertRefused(() => nameAccused(handed, [LEAD], dispatcher, NOW), 'ACCUSED_HAS_IT');
    const back = takeBack(handed, 'x', dispatcher, NOW, TOWN).matter;
    assert.deepEqual(nameAccused(back, [LEAD], dispatcher, NOW).matter.accused, [LEAD]);
  });

  it('of a letter that is no report › is refused', () => {
    assertRefused(() => nameAccused(aMatter(), [LEAD], dispatcher, NOW), 'ILLEGAL_ACTION');
  });
});
