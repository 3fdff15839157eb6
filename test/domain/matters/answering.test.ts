import assert from 'node:assert/strict';
import { answerFingerprint } from '../../../src/domain/replies/answer-fingerprint.ts';
import {
  approve,
  confirmationFor,
  draft,
  sendBack,
  submitForReview,
} from '../../../src/domain/matters/answering.ts';
import { reopen } from '../../../src/domain/matters/citizen-acts.ts';
import type { Matter } from '../../../src/domain/matters/matter.ts';
import { RESOLUTIONS } from '../../../src/domain/matters/resolution.ts';
import { publish } from '../../../src/domain/matters/publishing.ts';
import { assign } from '../../../src/domain/matters/sorting.ts';
import { signFor } from '../../../src/domain/matters/unit-work.ts';
import {
  aDraftedMatter,
  aHandedMatter,
  anActor,
  anAnsweredMatter,
  ANSWER_TEXT,
  assertRefused,
  citizen,
  dispatcher,
  handler,
  head,
  LEAD,
  on,
  townTime,
  wallOf,
} from '../../support/builders.ts';

const TOWN = townTime();
const NOW = on('2026-09-29 10:00');
const CLEAR = { guards: [], confirmation: '' };

const inReview = (patch: Partial<Matter> = {}): Matter =>
  submitForReview(aDraftedMatter(patch), CLEAR, handler, on('2026-09-28 15:00')).matter;

describe('draft › an answer', () => {
  it('by whoever has it in hand › opens the first round', () => {
    const before = aHandedMatter({ state: 'inHand', handler: handler.id });
    const { matter, event } = draft(before, { text: ANSWER_TEXT, resolution: 'solved' }, head, NOW);
    assert.equal(matter.state, 'drafted');
    assert.equal(matter.handler, handler.id);
    assert.deepEqual(matter.rounds, [
      {
        round: 1,
        text: ANSWER_TEXT,
        resolution: 'solved',
        draftedBy: head.id,
        draftedAt: NOW,
        submittedAt: null,
        decision: null,
      },
    ]);
    assert.deepEqual([event.round, event.resolution], [1, 'solved']);
    assert.equal(matter.resolution, null);
  });

  it('of a letter nobody took in hand › makes the drafter its handler', () => {
    const { matter } = draft(
      aHandedMatter({ state: 'signedFor' }),
      { text: 'x', resolution: 'explained' },
      handler,
      NOW,
    );
    assert.equal(matter.handler, handler.id);
  });

  it('drafted again by the same hand before review › rewrites the same round', () => {
    const { matter } = draft(aDraftedMatter(), { text: '新稿', resolution: 'partly' }, handler, NOW);
    assert.equal(matter.rounds.length, 1);
    assert.deepEqual([matter.rounds[0]?.text, matter.rounds[0]?.draftedBy], ['新稿', handler.id]);
  });

  it('drafted again by the head › who then may not approve what is partly their own', () => {
    const { matter } = draft(aDraftedMatter(), { text: ANSWER_TEXT, resolution: 'partly' }, head, NOW);
    const submitted = submitForReview(matter, CLEAR, handler, NOW).matter;
    assertRefused(() => approve(submitted, CLEAR, head, NOW, TOWN), 'OWN_DRAFT');
    assert.equal(approve(submitted, CLEAR, dispatcher, NOW, TOWN).matter.state, 'answered');
  });

  it('before it was signed for, or in review › is refused', () => {
    for (const matter of [aHandedMatter(), inReview()]) {
      assertRefused(() => draft(matter, { text: 'x', resolution: 'solved' }, handler, NOW), 'ILLEGAL_ACTION');
    }
  });
});

describe('submit for review › the guards', () => {
  it('none fired › goes to review', () => {
    const { matter, event } = submitForReview(aDraftedMatter(), CLEAR, handler, NOW);
    assert.equal(matter.state, 'inReview');
    assert.deepEqual(matter.rounds.at(-1)?.submittedAt, NOW);
    assert.ok(!('guards' in event));
  });

  it('the digits to be typed › are the last four of the number', () => {
    assert.equal(confirmationFor('2026-004217-3'), '2173');
  });

  for (const typed of ['', '2026', '173', 'yes']) {
    it(`one fired and '${typed}' was typed › asks for the confirmation and names the guard`, () => {
      const refusal = assertRefused(
        () =>
          submitForReview(
            aDraftedMatter({ number: '2026-004217-3' }),
            { guards: ['strangeNumbers', 'tooShort'], confirmation: typed },
            handler,
            NOW,
          ),
        'CONFIRMATION_NEEDED',
      );
      assert.deepEqual(refusal.params, { guards: 'strangeNumbers,tooShort' });
    });
  }

  it('one fired and was confirmed › goes to review, and the history knows', () => {
    const { event } = submitForReview(
      aDraftedMatter({ number: '2026-004217-3' }),
      { guards: ['strangeNumbers'], confirmation: ' 2173 ' },
      handler,
      NOW,
    );
    assert.deepEqual(event.guards, ['strangeNumbers']);
  });

  it('"passed on" › cannot be confirmed away', () => {
    const input = { guards: ['tooShort', 'onlyPassedOn'], confirmation: '2173' } as const;
    const matter = aDraftedMatter({ number: '2026-004217-3' });
    assertRefused(() => submitForReview(matter, input, handler, NOW), 'NOT_AN_ANSWER');
    const reviewed = submitForReview(matter, CLEAR, handler, NOW).matter;
    assertRefused(() => approve(reviewed, input, head, NOW, TOWN), 'NOT_AN_ANSWER');
  });

  it('without a draft › is refused', () => {
    assertRefused(
      () => submitForReview(aDraftedMatter({ rounds: [] }), CLEAR, handler, NOW),
      'ILLEGAL_ACTION',
    );
  });
});

describe('send back › a draft that will not do', () => {
  it('by the head › keeps the comment in the round, and the next draft opens another', () => {
    const { matter, event } = sendBack(inReview(), '请写明时间', head, NOW);
    assert.equal(matter.state, 'drafted');
    assert.deepEqual([event.text, event.round], ['请写明时间', 1]);
    assert.deepEqual(matter.rounds[0]?.decision, {
      by: head.id,
      isApproved: false,
      comment: '请写明时间',
      at: NOW,
    });

    const again = draft(matter, { text: '第二稿', resolution: 'solved' }, handler, NOW).matter;

    assert.equal(again.rounds.length, 2);
    assert.deepEqual(again.rounds[0], matter.rounds[0]);
    assert.equal(again.rounds[1]?.round, 2);
  });

  it('by a handler › is refused', () => {
    assertRefused(() => sendBack(inReview(), 'x', handler, NOW), 'ILLEGAL_ACTION');
  });
});

describe('submit for review › what was sent back', () => {
  it('and is sent in again unchanged › is a round of its own; the decision stays on file', () => {
    const back = sendBack(inReview(), '请补充', head, NOW).matter;
    const { matter, event } = submitForReview(back, CLEAR, handler, NOW);
    assert.deepEqual(
      matter.rounds.map(({ round, decision }) => [round, decision?.comment ?? null]),
      [
        [1, '请补充'],
        [2, null],
      ],
    );
    assert.equal(event.round, 2);
    assert.equal(matter.rounds[1]?.text, matter.rounds[0]?.text);
  });
});

describe('approve › the answer leaves the house', () => {
  it('by the head › is the round’s text, with its evidence, and the clock stops', () => {
    const { matter, event } = approve(inReview(), CLEAR, head, NOW, TOWN);
    assert.equal(matter.state, 'answered');
    assert.deepEqual(matter.answer, {
      text: ANSWER_TEXT,
      fingerprint: answerFingerprint(ANSWER_TEXT),
      resolution: 'solved',
      unit: LEAD,
      round: 1,
      approvedBy: head.id,
      answeredAt: NOW,
      isOnTime: true,
    });
    assert.equal(matter.resolution, 'solved');
    assert.deepEqual(matter.rounds.at(-1)?.decision, {
      by: head.id,
      isApproved: true,
      comment: '',
      at: NOW,
    });
    assert.equal(wallOf(matter.clock.closesAt), '2026-11-02 17:30');
    assert.deepEqual([event.round, event.resolution], [1, 'solved']);
  });

  for (const [at, isOnTime] of [
    ['2026-10-08 17:30', true],
    ['2026-10-08 17:31', false],
  ] as const) {
    it(`at ${at}, due 17:30 › is ${isOnTime ? 'on time' : 'late'}`, () => {
      assert.equal(approve(inReview(), CLEAR, head, on(at), TOWN).matter.answer?.isOnTime, isOnTime);
    });
  }

  it('by the one who drafted it › is refused, whatever the role', () => {
    const round = aDraftedMatter().rounds[0];
    assert.ok(round);
    for (const actor of [head, dispatcher]) {
      const own = inReview({ rounds: [{ ...round, draftedBy: actor.id }] });
      assertRefused(() => approve(own, CLEAR, actor, NOW, TOWN), 'OWN_DRAFT');
      assert.equal(sendBack(own, '', actor, NOW).matter.state, 'drafted');
    }
  });

  it('a head’s own draft › may be approved by the office', () => {
    const round = aDraftedMatter().rounds[0];
    assert.ok(round);
    const own = inReview({ rounds: [{ ...round, draftedBy: head.id }] });
    assert.equal(approve(own, CLEAR, dispatcher, NOW, TOWN).matter.answer?.approvedBy, dispatcher.id);
  });

  it('a guard fired › wants the confirmation of whoever approves', () => {
    const input = { guards: ['usedElsewhere'], confirmation: '' } as const;
    const matter = inReview();
    assertRefused(() => approve(matter, input, head, NOW, TOWN), 'CONFIRMATION_NEEDED');
    const confirmed = { ...input, confirmation: confirmationFor(matter.number) };
    assert.deepEqual(approve(matter, confirmed, head, NOW, TOWN).event.guards, ['usedElsewhere']);
  });

  it('by the head of another unit › is forbidden before anything else is looked at', () => {
    const stranger = anActor('head', { id: handler.id, unit: 'roads' });
    assertRefused(() => approve(inReview(), CLEAR, stranger, NOW, TOWN), 'FORBIDDEN');
  });

  it('a second answer after reopening › is not public until the office decides anew', () => {
    const spans = { title: [], body: [], answer: [{ start: 0, end: 2, kind: 'name' as const }] };
    const published = publish(anAnsweredMatter(), spans, dispatcher, NOW).matter;
    const reopened = reopen(published, '又停水了', citizen, NOW, TOWN).matter;
    assert.equal(reopened.publication?.isPublished, true);

    const handed = assign(reopened, { unit: LEAD, supporting: [], text: '' }, dispatcher, NOW, TOWN).matter;
    const drafted = draft(
      signFor(handed, handler, NOW).matter,
      { text: '新的答复', resolution: 'solved' },
      handler,
      NOW,
    ).matter;
    const reviewed = submitForReview(drafted, CLEAR, handler, NOW).matter;
    const { matter } = approve(reviewed, CLEAR, head, NOW, TOWN);

    assert.deepEqual([matter.answer?.text, matter.answer?.round], ['新的答复', 2]);
    assert.equal(matter.publication, null);
  });

  it('resolutions › are seven, none of them a state', () => {
    assert.deepEqual(
      [...RESOLUTIONS],
      ['solved', 'partly', 'planned', 'explained', 'refused', 'withdrawn', 'passedOn'],
    );
  });
});
