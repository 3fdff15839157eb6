import assert from 'node:assert/strict';
import { DomainError } from '../../../src/domain/domain-error.ts';
import {
  ACTIONS,
  CLOSED_TO_REPLY_STEPS,
  LIFECYCLE,
  MATTER_STATES,
  OFFICE_STATES,
  OPEN_STATES,
  UNIT_STATES,
  type ActionName,
  type MatterState,
} from '../../../src/domain/matters/lifecycle.ts';
import type { Matter } from '../../../src/domain/matters/matter.ts';
import { allowedActions, isAllowed, transition } from '../../../src/domain/matters/transition.ts';
import { ROLES, type Actor, type Role } from '../../../src/domain/permissions/permissions.ts';
import { aLetter, aMatter, anActor, assertRefused, LEAD, on, OTHER } from '../../support/builders.ts';

/** Every cell that is allowed: who, and from>to. Whatever is not written here must be refused. `*`: the state before. */
const GRID: Readonly<Record<ActionName, readonly [who: readonly Role[], moves: string]>> = {
  takeForSorting: [['dispatcher'], 'received>sorting'],
  askCitizen: [['dispatcher'], 'received>asked sorting>asked'],
  answerQuestion: [['citizen', 'dispatcher', 'clock'], 'asked>sorting'],
  refuse: [['dispatcher'], 'received>notAccepted sorting>notAccepted asked>notAccepted'],
  join: [
    ['dispatcher', 'clock'],
    'received>joined sorting>joined asked>joined assigned>joined returnAsked>joined signedFor>joined ' +
      'inHand>joined paused>joined extensionAsked>joined drafted>joined inReview>joined reopened>joined',
  ],
  separate: [['dispatcher', 'clock'], 'joined>*'],
  follow: [['clock'], 'joined>joined'],
  holdOut: [
    ['dispatcher'],
    'received>received sorting>sorting asked>asked assigned>assigned returnAsked>returnAsked ' +
      'signedFor>signedFor inHand>inHand paused>paused extensionAsked>extensionAsked drafted>drafted ' +
      'inReview>inReview reopened>reopened',
  ],
  shareAnswer: [['clock'], 'joined>joined'],
  nameAccused: [
    ['dispatcher', 'supervisor'],
    'received>received sorting>sorting asked>asked assigned>assigned returnAsked>returnAsked ' +
      'signedFor>signedFor inHand>inHand paused>paused extensionAsked>extensionAsked drafted>drafted ' +
      'inReview>inReview reopened>reopened',
  ],
  assign: [['dispatcher'], 'received>assigned sorting>assigned assigned>assigned reopened>assigned'],
  takeBack: [
    ['dispatcher'],
    'assigned>sorting returnAsked>sorting signedFor>sorting inHand>sorting paused>sorting ' +
      'extensionAsked>sorting drafted>sorting inReview>sorting',
  ],
  signFor: [['handler', 'head'], 'assigned>signedFor'],
  askReturn: [['handler', 'head'], 'assigned>returnAsked signedFor>returnAsked'],
  acceptReturn: [['dispatcher'], 'returnAsked>sorting'],
  declineReturn: [['dispatcher'], 'returnAsked>*'],
  takeInHand: [['handler', 'head'], 'signedFor>inHand'],
  pause: [['handler', 'head'], 'signedFor>paused inHand>paused'],
  resume: [['citizen', 'handler', 'head', 'clock'], 'paused>inHand'],
  askExtension: [
    ['handler', 'head'],
    'signedFor>extensionAsked inHand>extensionAsked drafted>extensionAsked',
  ],
  grantExtension: [['dispatcher', 'supervisor'], 'extensionAsked>*'],
  declineExtension: [['dispatcher', 'supervisor'], 'extensionAsked>*'],
  draft: [['handler', 'head'], 'signedFor>drafted inHand>drafted drafted>drafted'],
  submitForReview: [['handler', 'head'], 'drafted>inReview'],
  sendBack: [['dispatcher', 'head'], 'inReview>drafted'],
  approve: [['dispatcher', 'head'], 'inReview>answered'],
  publish: [['dispatcher'], 'answered>answered closed>closed'],
  withhold: [
    ['dispatcher'],
    'received>received sorting>sorting asked>asked joined>joined assigned>assigned returnAsked>returnAsked ' +
      'signedFor>signedFor inHand>inHand paused>paused extensionAsked>extensionAsked drafted>drafted ' +
      'inReview>inReview answered>answered reopened>reopened closed>closed archived>archived',
  ],
  addNote: [
    ['citizen'],
    'received>received sorting>sorting asked>asked joined>joined assigned>assigned returnAsked>returnAsked ' +
      'signedFor>signedFor inHand>inHand paused>paused extensionAsked>extensionAsked drafted>drafted ' +
      'inReview>inReview answered>answered reopened>reopened',
  ],
  rate: [['citizen'], 'answered>answered closed>closed joined>joined'],
  reopen: [['citizen', 'dispatcher'], 'answered>reopened closed>reopened joined>reopened'],
  withdraw: [
    ['citizen'],
    'received>closed sorting>closed asked>closed assigned>closed returnAsked>closed signedFor>closed ' +
      'inHand>closed paused>closed extensionAsked>closed drafted>closed inReview>closed reopened>closed ' +
      'joined>closed',
  ],
  close: [['dispatcher', 'clock'], 'answered>closed'],
  archive: [['dispatcher', 'clock'], 'notAccepted>archived closed>archived'],
};

/** The rows where a handler or head of another unit has no say. */
const OF_LEAD_UNIT =
  'signFor askReturn takeInHand pause resume askExtension draft submitForReview sendBack approve';

const NOW = on('2026-09-24 10:00');
/** No row leads here by itself, so a `before` row that forgot to look would show. */
const BEFORE: MatterState = 'extensionAsked';

const RECEIVED = aMatter({ lead: LEAD, supporting: [OTHER] });

const inState = (state: MatterState, patch: Partial<Matter> = {}): Matter => ({
  ...RECEIVED,
  state,
  stateBefore: BEFORE,
  ...patch,
});

const secret = (state: MatterState): Matter => inState(state, { letter: aLetter({ kind: 'report' }) });

/** Somebody whom the grid lets do it. */
const whoMay = (action: ActionName): Actor => anActor(GRID[action][0][0] ?? 'auditor');

/** The grid as sentences: `head: inReview>answered`. */
function cellsOf(action: ActionName): string[] {
  const [who, moves] = GRID[action];
  return who
    .flatMap((role) => moves.split(' ').map((move) => `${role}: ${move.replace('*', BEFORE)}`))
    .sort();
}

/** What the code does, tried cell by cell, in the same words. */
function tryAll(attempt: (state: MatterState, role: Role) => MatterState | null): string[] {
  const cells = MATTER_STATES.flatMap((state) =>
    ROLES.flatMap((role) => {
      const to = attempt(state, role);
      return to ? [`${role}: ${state}>${to}`] : [];
    }),
  );
  return cells.sort();
}

function transitionOrRefusal(matter: Matter, action: ActionName, role: Role): MatterState | null {
  try {
    return transition(matter, action, anActor(role), NOW).matter.state;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'ILLEGAL_ACTION') return null;
    throw error;
  }
}

describe('lifecycle › every state × action × role', () => {
  it('has a grid of all actions, all states and all roles', () => {
    assert.deepEqual(Object.keys(GRID), [...ACTIONS]);
    assert.deepEqual(Object.keys(LIFECYCLE), [...ACTIONS]);
    assert.equal(MATTER_STATES.length, 17);
    assert.equal(ROLES.length, 10);
  });

  for (const action of ACTIONS) {
    it(`${action} › tried from every state by every role › happens where the grid says and nowhere else`, () => {
      assert.deepEqual(
        tryAll((state, role) => transitionOrRefusal(inState(state), action, role)),
        cellsOf(action),
      );
    });

    it(`${action} › asked for its button › is offered where the grid says and nowhere else`, () => {
      const offered = tryAll((state, role) =>
        isAllowed(inState(state), action, anActor(role)) ? state : null,
      );
      const expected = cellsOf(action).map((cell) => cell.replace(/(\w+)>\w+$/, '$1>$1'));
      assert.deepEqual(offered, expected.sort());
    });
  }

  for (const state of MATTER_STATES) {
    it(`${state} › each role's buttons › are the grid's column, in the table's order`, () => {
      for (const role of ROLES) {
        const expected = ACTIONS.filter((action) =>
          cellsOf(action).some((cell) => cell.startsWith(`${role}: ${state}>`)),
        );
        assert.deepEqual(allowedActions(inState(state), anActor(role)), expected, role);
      }
    });
  }

  it('every state › followed from receipt › can be reached', () => {
    const moves = ACTIONS.flatMap((action) => GRID[action][1].split(' ').map((move) => move.split('>')));
    const reached = new Set(['received']);
    for (let size = 0; size !== reached.size;) {
      size = reached.size;
      for (const [from = '', to = ''] of moves) if (reached.has(from) && to !== '*') reached.add(to);
    }
    assert.deepEqual([...reached].sort(), [...MATTER_STATES].sort());
  });
});

describe('lifecycle › unit scope', () => {
  it('the rows of the lead unit › are those and no others', () => {
    assert.equal(ACTIONS.filter((action) => LIFECYCLE[action].ofLeadUnit).join(' '), OF_LEAD_UNIT);
  });

  for (const role of ['handler', 'head'] as const) {
    it(`${role} of another unit › every action › is refused as FORBIDDEN where their own unit may`, () => {
      const stranger = anActor(role, { unit: OTHER });
      const forbidden = new Set<string>();
      for (const action of ACTIONS) {
        for (const state of MATTER_STATES) {
          assert.equal(isAllowed(inState(state), action, stranger), false, `${action} from ${state}`);
          const isOwnUnits = isAllowed(inState(state), action, anActor(role));
          const refusal = assertRefused(
            () => transition(inState(state), action, stranger, NOW),
            isOwnUnits ? 'FORBIDDEN' : 'ILLEGAL_ACTION',
          );
          if (refusal.code === 'FORBIDDEN') forbidden.add(action);
        }
      }
      const rows = OF_LEAD_UNIT.split(' ').filter((row) => role === 'head' || !/sendBack|approve/.test(row));
      assert.deepEqual([...forbidden], rows);
    });

    it(`${role} without a unit › a matter without a lead › is nobody's to sign for`, () => {
      const matter = inState('assigned', { lead: null });
      assert.deepEqual(allowedActions(matter, anActor(role, { unit: null })), []);
    });
  }

  it('a dispatcher of any unit › approving for the lead unit › is allowed', () => {
    assert.ok(isAllowed(inState('inReview'), 'approve', anActor('dispatcher', { unit: OTHER })));
  });
});

describe('lifecycle › secret letters', () => {
  it('the office, its supervisor and the unit that has it › act as on any other letter', () => {
    for (const role of ['dispatcher', 'supervisor', 'head', 'handler', 'citizen'] as const) {
      for (const state of MATTER_STATES) {
        assert.deepEqual(
          allowedActions(secret(state), anActor(role)),
          allowedActions(inState(state), anActor(role)),
          `${role} in ${state}`,
        );
      }
    }
  });

  it('a supporting unit › any action › is refused', () => {
    for (const state of MATTER_STATES) {
      assert.deepEqual(allowedActions(secret(state), anActor('head', { unit: OTHER })), []);
    }
  });

  it("the town's clock › closing, resuming, archiving › works on secret letters too", () => {
    const may = (state: MatterState) => allowedActions(secret(state), anActor('clock'));
    assert.ok(may('answered').includes('close'));
    assert.ok(may('paused').includes('resume'));
    assert.ok(may('asked').includes('answerQuestion'));
    assert.ok(may('closed').includes('archive'));
  });
});

describe('lifecycle › rows that lead back', () => {
  const rows: readonly [go: ActionName, backs: readonly ActionName[], froms: readonly MatterState[]][] = [
    ['askReturn', ['acceptReturn', 'declineReturn'], ['assigned', 'signedFor']],
    ['askExtension', ['grantExtension', 'declineExtension'], ['signedFor', 'inHand', 'drafted']],
    ['join', ['separate'], [...OPEN_STATES]],
  ];

  for (const [go, backs, froms] of rows) {
    for (const from of froms) {
      for (const back of backs) {
        const expected = back === 'acceptReturn' ? 'sorting' : from;
        it(`${go} from ${from} › then ${back} › leads to ${expected}`, () => {
          const gone = transition(inState(from, { stateBefore: null }), go, whoMay(go), NOW).matter;
          assert.equal(gone.stateBefore, from);
          const returned = transition(gone, back, whoMay(back), NOW).matter;
          assert.equal(returned.state, expected);
        });
      }
    }
  }

  it('a note between › joined and separated › does not lose the way back', () => {
    const joined = transition(inState('sorting'), 'join', anActor('dispatcher'), NOW).matter;
    const noted = transition(joined, 'addNote', anActor('citizen'), NOW).matter;
    assert.equal(transition(noted, 'separate', anActor('dispatcher'), NOW).matter.state, 'sorting');
  });

  it('a matter that came from nowhere › led back › is refused', () => {
    const matter = inState('joined', { stateBefore: null });
    assertRefused(() => transition(matter, 'separate', anActor('dispatcher'), NOW), 'ILLEGAL_ACTION');
  });
});

describe('lifecycle › history', () => {
  it('a transition › appends one event, raises the version by one and leaves the matter before as it was', () => {
    const before = aMatter();
    const copy = structuredClone(before);

    const change = transition(before, 'takeForSorting', anActor('dispatcher'), NOW, {}, { text: 'x' });

    assert.deepEqual(before, copy);
    assert.equal(change.before, before);
    assert.equal(change.matter.version, before.version + 1);
    assert.deepEqual(change.matter.history, [...before.history, change.event]);
    assert.deepEqual(change.matter.changedAt, NOW);
    assert.deepEqual(change.event, {
      seq: 2,
      what: 'takeForSorting',
      at: NOW,
      by: { id: 'dispatcher', name: 'dispatcher', role: 'dispatcher', unit: 'office' },
      from: 'received',
      to: 'sorting',
      text: 'x',
    });
  });

  it('a refusal › says which action in which state', () => {
    const refusal = assertRefused(
      () => transition(aMatter(), 'approve', anActor('head'), NOW),
      'ILLEGAL_ACTION',
    );
    assert.deepEqual(refusal.params, { action: 'approve', state: 'received' });
  });

  it('a patch › that names state or version › does not get past the table', () => {
    const patch = { state: 'archived', version: 99 } as const;
    const { matter } = transition(aMatter(), 'takeForSorting', anActor('dispatcher'), NOW, patch);
    assert.equal(matter.state, 'sorting');
    assert.equal(matter.version, 2);
  });
});

describe('lifecycle › named sets of states', () => {
  it('office and unit › together › are the open states, each in one of them', () => {
    assert.deepEqual([...OFFICE_STATES, ...UNIT_STATES].sort(), [...OPEN_STATES].sort());
  });

  it('the reply ladder › is silent exactly where nobody owes an answer', () => {
    assert.deepEqual([...CLOSED_TO_REPLY_STEPS].sort(), [
      'answered',
      'archived',
      'asked',
      'closed',
      'joined',
      'notAccepted',
      'paused',
    ]);
  });
});
