import type { Card } from '../../src/domain/supervision/card.ts';
import type { TownTime } from '../../src/domain/clocks/matter-clock.ts';
import { anActor, LEAD, on, townTime } from './builders.ts';

export const supervisionTime = (): TownTime => townTime();

/** A yellow card of the lead unit, issued on Thursday 8 October 2026; `patch` makes it another document. */
export function aCard(patch: Partial<Card> = {}): Card {
  const issuedAt = patch.issuedAt ?? on('2026-10-08 17:30');
  const state = patch.state ?? 'issued';
  const { id, name, role, unit } = anActor('clock');
  return {
    id: 'm1/v1/yellowCard',
    version: 1,
    kind: 'yellowCard',
    number: { year: 2026, sequence: 12 },
    matterId: 'm1',
    matterNumber: '2026-004217-9',
    isSecret: false,
    accused: [],
    unit: LEAD,
    issuedAt,
    issuedOn: '2026-10-08',
    clockVersion: 1,
    facts: {
      title: '小区夜间停水无人通知',
      receivedAt: on('2026-09-23 10:00'),
      assignedAt: on('2026-09-23 11:00'),
      limit: { amount: 5, unit: 'workingDays' },
      startedOn: '2026-09-23',
      dueOn: '2026-10-08',
      arithmetic: [],
      isProvisional: false,
      adjustments: [],
      daysLate: 0,
      told: [{ role: 'head', unit: LEAD, post: { zh: '局长', en: 'Director' } }],
    },
    order: null,
    state,
    // Three working days: Friday 9, Saturday 10 (worked), Monday 12.
    nextBy: { on: '2026-10-12', at: on('2026-10-12 17:30') },
    history: [
      { seq: 1, what: 'issue', at: issuedAt, by: { id, name, role, unit }, from: state, to: state, text: '' },
    ],
    ...patch,
  };
}

export const anOrder = (patch: Partial<Card> = {}): Card =>
  aCard({
    id: 'order-1',
    kind: 'supervisionOrder',
    clockVersion: null,
    order: { ground: 'shifting', words: '请书面说明。' },
    state: 'awaitingAnswer',
    nextBy: { on: '2026-10-15', at: on('2026-10-15 17:30') },
    ...patch,
  });
