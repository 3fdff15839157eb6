import assert from 'node:assert/strict';
import {
  hasDrafted,
  withDraft,
  withLastRound,
  type ReplyRound,
} from '../../../src/domain/replies/reply-rounds.ts';
import { on } from '../../support/builders.ts';

const AT = on('2026-09-28 10:00');
const draft = (text: string) => ({ text, resolution: 'solved' as const, by: 'handler', at: AT });
const decided = (isApproved: boolean) => ({ by: 'head', isApproved, comment: '', at: AT });

describe('reply rounds › a draft', () => {
  it('the first › opens round 1', () => {
    assert.deepEqual(withDraft([], draft('一')), [
      {
        round: 1,
        text: '一',
        resolution: 'solved',
        draftedBy: 'handler',
        draftedAt: AT,
        submittedAt: null,
        decision: null,
      },
    ]);
  });

  it('written again before it was submitted › stays the same round', () => {
    const rounds = withDraft(withDraft([], draft('一')), draft('二'));
    assert.deepEqual(
      rounds.map(({ round, text }) => [round, text]),
      [[1, '二']],
    );
  });

  it('written again by somebody else › is a round of its own, and both have drafted', () => {
    const rounds = withDraft(withDraft([], draft('一')), { ...draft('二'), by: 'head' });
    assert.deepEqual(
      rounds.map(({ round, text, draftedBy }) => [round, text, draftedBy]),
      [
        [1, '一', 'handler'],
        [2, '二', 'head'],
      ],
    );
    assert.deepEqual(
      ['handler', 'head', 'other'].map((person) => hasDrafted(rounds, person)),
      [true, true, false],
    );
  });

  for (const [why, patch] of [
    ['submitted', { submittedAt: AT }],
    ['sent back', { submittedAt: AT, decision: decided(false) }],
    ['approved', { submittedAt: AT, decision: decided(true) }],
  ] as const satisfies readonly [string, Partial<ReplyRound>][]) {
    it(`after one was ${why} › opens the next round and leaves that one as it was`, () => {
      const before = withLastRound(withDraft([], draft('一')), patch);
      const rounds = withDraft(before, draft('二'));
      assert.deepEqual(rounds[0], before[0]);
      assert.deepEqual(
        rounds.map(({ round, text }) => [round, text]),
        [
          [1, '一'],
          [2, '二'],
        ],
      );
      assert.deepEqual([rounds[1]?.submittedAt, rounds[1]?.decision], [null, null]);
    });
  }

  it('a change to the last round › touches no earlier one; without rounds there is none', () => {
    const two = withDraft(
      withLastRound(withDraft([], draft('一')), { decision: decided(false) }),
      draft('二'),
    );
    const changed = withLastRound(two, { submittedAt: AT });
    assert.deepEqual(changed[0], two[0]);
    assert.deepEqual(changed[1]?.submittedAt, AT);
    assert.deepEqual(withLastRound([], { submittedAt: AT }), []);
  });
});
