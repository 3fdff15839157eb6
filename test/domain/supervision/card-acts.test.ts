import assert from 'node:assert/strict';
import { ROLES, type Actor, type Role } from '../../../src/domain/permissions/permissions.ts';
import {
  answerOrder,
  appeal,
  closeOrder,
  explain,
  sendOrderBack,
  uphold,
  withdraw,
} from '../../../src/domain/supervision/card-acts.ts';
import {
  allowedCardActions,
  CARD_LIFECYCLE,
  isCardActionAllowed,
} from '../../../src/domain/supervision/card-lifecycle.ts';
import {
  CARD_ACTIONS,
  CARD_KINDS,
  CARD_STATES,
  type Card,
  type CardAction,
  type CardKind,
  type CardState,
} from '../../../src/domain/supervision/card.ts';
import {
  anActor,
  assertRefused,
  handler,
  head,
  LEAD,
  on,
  OTHER,
  supervisor,
} from '../../support/builders.ts';
import { aCard, anOrder, supervisionTime } from '../../support/cards.ts';

const TIME = supervisionTime();
const NOW = on('2026-10-09 10:00');

/** From which states an action leads on, by kind; written out so that the table cannot change unseen. */
const FROM: Readonly<Record<CardAction, { kinds: string; from: string; to: CardState | 'same' }>> = {
  explain: { kinds: 'yellowCard redCard urgingNotice', from: 'issued appealed', to: 'same' },
  appeal: { kinds: 'yellowCard redCard', from: 'issued', to: 'appealed' },
  uphold: { kinds: 'yellowCard redCard', from: 'appealed', to: 'upheld' },
  withdraw: {
    kinds: 'yellowCard redCard urgingNotice supervisionOrder',
    from: 'issued appealed upheld awaitingAnswer answered',
    to: 'withdrawn',
  },
  answer: { kinds: 'supervisionOrder', from: 'awaitingAnswer', to: 'answered' },
  sendBack: { kinds: 'supervisionOrder', from: 'answered', to: 'awaitingAnswer' },
  close: { kinds: 'supervisionOrder', from: 'answered', to: 'closed' },
};
/** Who does what, of the unit addressed and of another. */
const WHO: Readonly<Record<CardAction, readonly Role[]>> = {
  explain: ['dispatcher', 'handler', 'head'],
  appeal: ['dispatcher', 'head'],
  uphold: ['supervisor'],
  withdraw: ['supervisor'],
  answer: ['dispatcher', 'head'],
  sendBack: ['supervisor'],
  close: ['supervisor'],
};

const act = (card: Card, action: CardAction, actor: Actor, now = NOW) =>
  ({
    explain: () => explain(card, '在办', actor, now),
    appeal: () => appeal(card, '已答复', actor, now, TIME),
    uphold: () => uphold(card, '属实', actor, now),
    withdraw: () => withdraw(card, '有误', actor, now),
    answer: () => answerOrder(card, '已整改', actor, now),
    sendBack: () => sendOrderBack(card, { text: '不具体', answerBy: '2026-10-20' }, actor, now, TIME),
    close: () => closeOrder(card, '可以', actor, now),
  })[action]();

const allOf = (kind: CardKind): Card[] =>
  CARD_STATES.map((state) => (kind === 'supervisionOrder' ? anOrder({ state }) : aCard({ kind, state })));

describe('what becomes of a card', () => {
  for (const action of CARD_ACTIONS) {
    const row = FROM[action];
    it(`${action} › from these kinds and states, and no others`, () => {
      const actor = anActor(WHO[action].at(-1) ?? 'head', { unit: LEAD });
      for (const kind of CARD_KINDS)
        for (const card of allOf(kind)) {
          const isThere = row.kinds.split(' ').includes(kind) && row.from.split(' ').includes(card.state);
          assert.equal(isCardActionAllowed(card, action, actor), isThere, `${kind} ${card.state}`);
          if (!isThere) {
            assertRefused(() => act(card, action, actor), 'ILLEGAL_ACTION');
            continue;
          }
          const { before, card: after, event } = act(card, action, actor);
          const to = row.to === 'same' ? card.state : row.to;
          assert.equal(before, card);
          assert.deepEqual([after.state, after.version, event.from, event.to], [to, 2, card.state, to]);
          assert.deepEqual(after.history, [...card.history, event]);
          assert.deepEqual([event.seq, event.what, event.at, event.by.role], [2, action, NOW, actor.role]);
          assert.ok(event.text.length > 1);
        }
    });

    it(`${action} › by these roles of the unit addressed, and no others`, () => {
      const kind = CARD_LIFECYCLE[action].kinds[0] ?? 'yellowCard';
      const card = allOf(kind).find(({ state }) => CARD_LIFECYCLE[action].from.includes(state));
      assert.ok(card);
      const may = ROLES.filter((role) =>
        isCardActionAllowed(card, action, anActor(role, { unit: card.unit })),
      );
      assert.deepEqual(may, WHO[action]);
      const ofOther = ROLES.filter((role) =>
        isCardActionAllowed(card, action, anActor(role, { unit: OTHER })),
      );
      assert.deepEqual(ofOther, WHO[action].includes('supervisor') ? ['supervisor'] : []);
      assertRefused(() => act(card, action, anActor('leader')), 'FORBIDDEN');
    });
  }

  it('buttons › of an issued card, by reader', () => {
    const names = (actor: Actor, card = aCard()) => allowedCardActions(card, actor).join(' ');
    assert.equal(names(handler), 'explain');
    assert.equal(names(head), 'explain appeal');
    assert.equal(names(supervisor), 'withdraw');
    assert.equal(names(supervisor, aCard({ state: 'appealed' })), 'uphold withdraw');
    assert.equal(names(anActor('auditor')), '');
    assert.equal(names(head, aCard({ state: 'withdrawn' })), '');
  });

  for (const [at, isTaken] of [
    ['2026-10-09 09:00', true],
    ['2026-10-12 17:30', true],
    ['2026-10-12 17:31', false],
    ['2026-11-01 09:00', false],
  ] as const)
    it(`an appeal at ${at} › ${isTaken ? 'is taken' : 'is too late'}`, () => {
      if (isTaken) assert.equal(appeal(aCard(), '理由', head, on(at), TIME).card.state, 'appealed');
      else assertRefused(() => appeal(aCard(), '理由', head, on(at), TIME), 'APPEAL_TOO_LATE');
    });

  it('too late, but by the head of another unit › forbidden, not late', () => {
    const stranger = anActor('head', { unit: OTHER });
    assertRefused(() => appeal(aCard(), '理由', stranger, on('2026-11-01 09:00'), TIME), 'FORBIDDEN');
  });

  it('appealed › the supervisor has five working days; decided › nobody has to say anything', () => {
    const appealed = appeal(aCard(), '理由', head, NOW, TIME).card;
    // 10 (Saturday, worked), 12, 13, 14, 15.
    assert.deepEqual(appealed.nextBy, { on: '2026-10-15', at: on('2026-10-15 17:30') });
    assert.equal(uphold(appealed, '属实', supervisor, NOW).card.nextBy, null);
    assert.equal(withdraw(appealed, '有误', supervisor, NOW).card.nextBy, null);
  });

  it('an explanation › leaves the days for the appeal as they are, and may be given again', () => {
    const first = explain(aCard(), '一', handler, NOW).card;
    const second = explain(first, '二', head, NOW).card;
    assert.deepEqual(second.nextBy, aCard().nextBy);
    assert.deepEqual(
      second.history.map(({ text }) => text),
      ['', '一', '二'],
    );
  });

  it('an order answered late › is taken; sent back › waits for the new day', () => {
    const answered = answerOrder(anOrder(), '迟了', head, on('2026-12-01 09:00')).card;
    assert.deepEqual([answered.state, answered.nextBy], ['answered', null]);
    const back = sendOrderBack(
      answered,
      { text: '不具体', answerBy: '2026-12-08' },
      supervisor,
      on('2026-12-01 10:00'),
      TIME,
    ).card;
    assert.deepEqual(back.nextBy, { on: '2026-12-08', at: on('2026-12-08 17:30') });
  });

  for (const day of ['2026-10-09', '2026-10-08'])
    it(`sent back until ${day}, today or before › names the field`, () => {
      const input = { text: '不具体', answerBy: day };
      const refusal = assertRefused(
        () => sendOrderBack(anOrder({ state: 'answered' }), input, supervisor, NOW, TIME),
        'INVALID_INPUT',
      );
      assert.deepEqual(refusal.fields, [{ field: 'answerBy', rule: 'day.past' }]);
    });
});
