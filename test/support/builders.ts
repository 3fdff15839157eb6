import assert from 'node:assert/strict';
import type { ClockPolicy } from '../../src/domain/clocks/clock-policy.ts';
import { LETTER_BOX } from '../../src/domain/clocks/policy-profiles.ts';
import { startUnitClock, type TownTime } from '../../src/domain/clocks/matter-clock.ts';
import { workingCalendar, type WorkingCalendar } from '../../src/domain/clocks/working-calendar.ts';
import { DomainError, type DomainErrorCode } from '../../src/domain/domain-error.ts';
import type { Letter } from '../../src/domain/letters/letter.ts';
import { letterNumber } from '../../src/domain/letters/letter-number.ts';
import type { Matter } from '../../src/domain/matters/matter.ts';
import { openMatter } from '../../src/domain/matters/open-matter.ts';
import { answerFingerprint } from '../../src/domain/replies/answer-fingerprint.ts';
import type { Actor, Role } from '../../src/domain/permissions/permissions.ts';
import { chinaCalendarYears } from '../../src/platform/calendar/china-calendar.ts';

/** Things of the town, complete and plausible; a test names only what it is about. */

export const CHINA = workingCalendar('Asia/Shanghai', chinaCalendarYears());

/** A calendar that knows weekends only. */
export const weekendsOnly = (zone: string, years: readonly number[] = [2024, 2025, 2026]): WorkingCalendar =>
  workingCalendar(
    zone,
    years.map((year) => ({ year, holidays: {}, makeUpDays: {} })),
  );

export const townTime = (policy: Partial<ClockPolicy> = {}, calendar = CHINA): TownTime => ({
  policy: { ...LETTER_BOX, ...policy },
  calendar,
});

/** An instant by the town's wall clock: `on('2026-09-24 10:00')`. */
export function on(wall: string): Date {
  const instant = new Date(`${wall.replace(' ', 'T')}:00+08:00`);
  assert.ok(!Number.isNaN(instant.getTime()), `${wall} is no instant`);
  return instant;
}

/** The other way, so that a failure reads like the expectation. */
export const wallOf = (instant: Date | null | undefined): string | null =>
  instant ? new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ') : null;

/** The unit that has the matter, and one that has not. */
export const LEAD = 'water';
export const OTHER = 'roads';

const NO_UNIT: readonly Role[] = ['citizen', 'clock'];
const OFFICE_UNIT: Partial<Record<Role, string>> = { dispatcher: 'office', supervisor: 'supervision' };

/** Somebody of a role; handlers and heads belong to the unit that has the matter unless told otherwise. */
export const anActor = (role: Role, patch: Partial<Actor> = {}): Actor => ({
  id: role,
  name: role,
  role,
  unit: NO_UNIT.includes(role) ? null : (OFFICE_UNIT[role] ?? LEAD),
  ...patch,
});

export const citizen = anActor('citizen');
export const dispatcher = anActor('dispatcher');
export const handler = anActor('handler');
export const head = anActor('head');
export const supervisor = anActor('supervisor');

export const aLetter = (patch: Partial<Letter> = {}): Letter => ({
  kind: 'complaint',
  title: '小区夜间停水无人通知',
  body: '我们小区连续三个晚上停水，没有任何通知，老人和孩子用水困难，请尽快处理。',
  place: '新碶街道明州路',
  writer: { name: '王晓明', phone: '13800001234', mail: 'wang@example.com', address: '明州路88号3幢402室' },
  wish: 'public',
  language: 'zh-CN',
  channel: 'web',
  attachments: [],
  receivedAt: on('2026-09-23 10:00'),
  ...patch,
});

/** A matter just received; `patch` puts it where the test needs it. */
export function aMatter(patch: Partial<Matter> = {}, town: TownTime = townTime()): Matter {
  const letter = patch.letter ?? aLetter();
  const opened = openMatter({ id: 'm1', number: letterNumber(2026, 4217), letter, suggestions: [] }, town);
  return { ...opened, ...patch };
}

/** A matter that was handed to the lead unit an hour after receipt. */
export function aHandedMatter(patch: Partial<Matter> = {}, town: TownTime = townTime()): Matter {
  const matter = aMatter({ state: 'assigned', lead: LEAD, ...patch }, town);
  if (patch.clock) return matter;
  const handedAt = new Date(matter.letter.receivedAt.getTime() + 3_600_000);
  return { ...matter, clock: startUnitClock(matter.clock, handedAt, town) };
}

/** Long and to the point enough for every guard. */
export const ANSWER_TEXT =
  '您好，经核实，新碶街道明州路小区夜间停水系供水管道抢修所致，抢修已于9月24日完成，今后停水将提前通知。';

/** A matter whose unit has drafted, as its handler, in `state`. */
export const aDraftedMatter = (patch: Partial<Matter> = {}): Matter =>
  aHandedMatter({
    state: 'drafted',
    handler: handler.id,
    rounds: [
      {
        round: 1,
        text: ANSWER_TEXT,
        resolution: 'solved',
        draftedBy: handler.id,
        draftedAt: on('2026-09-28 10:00'),
        submittedAt: null,
        decision: null,
      },
    ],
    ...patch,
  });

/** An answered matter, approved by the head. */
export const anAnsweredMatter = (patch: Partial<Matter> = {}): Matter =>
  aDraftedMatter({
    state: 'answered',
    rounds: aDraftedMatter().rounds.map((round) => ({
      ...round,
      submittedAt: on('2026-09-28 15:00'),
      decision: { by: head.id, isApproved: true, comment: '', at: on('2026-09-29 10:00') },
    })),
    resolution: 'solved',
    answer: {
      text: ANSWER_TEXT,
      fingerprint: answerFingerprint(ANSWER_TEXT),
      resolution: 'solved',
      unit: LEAD,
      round: 1,
      approvedBy: head.id,
      answeredAt: on('2026-09-29 10:00'),
      isOnTime: true,
    },
    ...patch,
  });

/** Runs `act` and expects the office to refuse it with `code`. */
export function assertRefused(act: () => unknown, code: DomainErrorCode): DomainError {
  try {
    act();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    assert.equal(error.code, code);
    return error;
  }
  return assert.fail(`not refused; expected ${code}`);
}
