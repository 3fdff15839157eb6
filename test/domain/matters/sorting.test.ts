import assert from 'node:assert/strict';
import type { Matter } from '../../../src/domain/matters/matter.ts';
import { REFUSAL_GROUNDS } from '../../../src/domain/matters/refusal-grounds.ts';
import {
  answerQuestion,
  askCitizen,
  assign,
  join,
  refuse,
  separate,
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
const primary = (patch: Partial<Matter> = {}): Matter =>
  aMatter({ id: 'm2', number: '2026-000001-8', ...patch });

describe('join › a letter to an earlier one', () => {
  const report = aLetter({ kind: 'report' });

  it('to an open matter › points at it and says its number', () => {
    const { matter, event } = join(aMatter(), primary(), dispatcher, NOW);
    assert.deepEqual([matter.state, matter.joinedTo, event.other], ['joined', 'm2', '2026-000001-8']);
  });

  it('separated › points nowhere and is where it was', () => {
    const joined = join(aMatter({ state: 'sorting' }), primary(), dispatcher, NOW).matter;
    const { matter } = separate(joined, dispatcher, NOW);
    assert.deepEqual([matter.state, matter.joinedTo], ['sorting', null]);
  });

  for (const state of ['assigned', 'inHand', 'answered', 'closed', 'archived'] as const) {
    it(`to a matter that is ${state} › is possible`, () => {
      assert.equal(join(aMatter(), primary({ state }), dispatcher, NOW).matter.joinedTo, 'm2');
    });
  }

  const impossible: readonly [why: string, matter: Matter, primary: Matter][] = [
    ['to itself', aMatter(), aMatter()],
    ['to one that is joined itself', aMatter(), primary({ state: 'joined', joinedTo: 'm3' })],
    ['to imported history', aMatter(), primary({ origin: { source: 'old', externalId: '1' } })],
    ['to a letter that was not accepted', aMatter(), primary({ state: 'notAccepted' })],
    ['a secret letter to a public one', aMatter({ letter: report }), primary()],
    ['a public letter to a secret one', aMatter(), primary({ letter: report })],
    ['two secret letters', aMatter({ letter: report }), primary({ letter: report })],
  ];
  for (const [why, matter, other] of impossible) {
    it(`${why} › is not possible`, () => {
      const refusal = assertRefused(() => join(matter, other, dispatcher, NOW), 'JOIN_NOT_POSSIBLE');
      assert.deepEqual(refusal.params, { number: other.number });
    });
  }

  it('once a unit has it, or by a unit › is refused', () => {
    assertRefused(() => join(aHandedMatter(), primary(), dispatcher, NOW), 'ILLEGAL_ACTION');
    assertRefused(() => join(aMatter(), primary(), handler, NOW), 'ILLEGAL_ACTION');
  });
});
