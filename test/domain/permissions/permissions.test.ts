import assert from 'node:assert/strict';
import {
  CLOCK,
  hasRight,
  mayRead,
  ROLES,
  type Right,
  type Role,
} from '../../../src/domain/permissions/permissions.ts';
import { anActor, LEAD, OTHER } from '../../support/builders.ts';

const RIGHTS: readonly Right[] = [
  'readAllMatters',
  'readUnitMatters',
  'readSecretLetters',
  'seeContactData',
  'workAtDesk',
  'administer',
  'superviseCards',
  'explainCards',
  'answerForUnit',
];

/** One row a role: a cross where it has the right. */
const GRID: Readonly<Record<Role, string>> = {
  //              all unit secret contact desk administer supervise explain answer
  citizen: '      .   .    .      .       .    .          .         .       .',
  dispatcher: '   x   .    x      x       x    .          .         x       x',
  handler: '      .   x    .      x       x    .          .         x       .',
  head: '         .   x    .      x       x    .          .         x       x',
  deputyLeader: ' x   .    .      .       x    .          .         .       .',
  supervisor: '   x   .    x      .       x    .          x         .       .',
  leader: '       x   .    x      .       x    .          .         .       .',
  administrator: '.   .    .      .       .    x          .         .       .',
  auditor: '      x   .    .      .       x    .          .         .       .',
  clock: '        x   .    x      .       .    .          .         .       .',
};

/** Who may open a matter: of their own unit as lead, as supporting, of another unit; then the same of a secret letter. */
const READERS: Readonly<Record<Role, string>> = {
  //             lead supporting other  secret: lead supporting other
  citizen: '     .    .          .              .    .          .',
  dispatcher: '  x    x          x              x    x          x',
  handler: '     x    x          .              x    .          .',
  head: '        x    x          .              x    .          .',
  deputyLeader: 'x    x          x              .    .          .',
  supervisor: '  x    x          x              x    x          x',
  leader: '      x    x          x              x    x          x',
  administrator: '.   .          .              .    .          .',
  auditor: '     x    x          x              .    .          .',
  clock: '       x    x          x              x    x          x',
};

const crosses = (row: string): boolean[] =>
  row
    .trim()
    .split(/\s+/)
    .map((cell) => cell === 'x');

describe('permissions › rights by role', () => {
  it('the grid › knows every role', () => {
    assert.deepEqual(Object.keys(GRID), [...ROLES]);
    assert.deepEqual(Object.keys(READERS), [...ROLES]);
  });

  for (const role of ROLES) {
    it(`${role} › has these rights and no others`, () => {
      assert.deepEqual(
        RIGHTS.map((right) => hasRight({ role }, right)),
        crosses(GRID[role]),
      );
    });
  }
});

describe('permissions › who may open a matter', () => {
  const matters = (['complaint', 'report'] as const).flatMap((kind) => [
    { letter: { kind }, lead: LEAD, supporting: [], accused: [] },
    { letter: { kind }, lead: OTHER, supporting: [LEAD], accused: [] },
    { letter: { kind }, lead: OTHER, supporting: [], accused: [] },
  ]);

  for (const role of ROLES) {
    it(`${role} › of unit ${LEAD} › may open these and no others`, () => {
      const actor = anActor(role, { unit: LEAD });
      assert.deepEqual(
        matters.map((matter) => mayRead(actor, matter)),
        crosses(READERS[role]),
      );
    });
  }

  it('a handler without a unit › may open nothing, not even what no unit has', () => {
    for (const kind of ['complaint', 'report'] as const) {
      const matter = { letter: { kind }, lead: null, supporting: [], accused: [] };
      assert.equal(mayRead(anActor('handler', { unit: null }), matter), false);
    }
  });

  it('a report › is closed to everybody of a unit it accuses, but not to the leader', () => {
    const report = { letter: { kind: 'report' as const }, lead: OTHER, supporting: [], accused: [LEAD] };
    const readers = ROLES.filter((role) => mayRead(anActor(role, { unit: LEAD }), report));
    assert.deepEqual(readers, ['leader']);
    assert.equal(mayRead(anActor('supervisor', { unit: OTHER }), report), true);
    assert.equal(mayRead(anActor('clock'), report), true);
  });

  it('the clock › belongs to no unit', () => assert.equal(CLOCK.unit, null));
});
