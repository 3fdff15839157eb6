import assert from 'node:assert/strict';
import type { ClockPolicy } from '../../../src/domain/clocks/clock-policy.ts';
import type { TownTime } from '../../../src/domain/clocks/matter-clock.ts';
import { GUANGDONG_2022 } from '../../../src/domain/clocks/policy-profiles.ts';
import { workingCalendar } from '../../../src/domain/clocks/working-calendar.ts';
import { advanceClock } from '../../../src/domain/matters/advance-clock.ts';
import { reopen } from '../../../src/domain/matters/citizen-acts.ts';
import { reckonClock } from '../../../src/domain/matters/clock-acts.ts';
import type { Change, Matter } from '../../../src/domain/matters/matter.ts';
import { reckonAnew, type Reckoning } from '../../../src/domain/matters/reckon-anew.ts';
import * as sorting from '../../../src/domain/matters/sorting.ts';
import * as unitWork from '../../../src/domain/matters/unit-work.ts';
import { chinaCalendarYears } from '../../../src/platform/calendar/china-calendar.ts';
import {
  aLetter,
  aMatter,
  citizen,
  dispatcher,
  handler,
  LEAD,
  on,
  townTime,
  wallOf,
} from '../../support/builders.ts';

const TOWN = townTime();
const ZONE = 'Asia/Shanghai';

type Act = (matter: Matter) => Change | null;
const after = (matter: Matter, ...acts: readonly Act[]): Matter =>
  acts.reduce((now, act) => act(now)?.matter ?? now, matter);

const assigned =
  (at: string, town = TOWN): Act =>
  (matter) =>
    sorting.assign(matter, { unit: LEAD, supporting: [], text: '' }, dispatcher, on(at), town);
const signed =
  (at: string): Act =>
  (matter) =>
    unitWork.signFor(matter, handler, on(at));
const inHand =
  (at: string): Act =>
  (matter) =>
    unitWork.takeInHand(matter, handler, on(at));
const stepped =
  (at: string): Act =>
  (matter) =>
    advanceClock(matter, on(at), TOWN);
const extended =
  (days: number, asked: string, granted: string): Act =>
  (matter) =>
    unitWork.grantExtension(
      unitWork.askExtension(matter, { days, text: '工程复杂' }, handler, on(asked), TOWN).matter,
      dispatcher,
      on(granted),
      TOWN,
    );
const paused =
  (at: string): Act =>
  (matter) =>
    unitWork.pause(matter, '在哪一段？', handler, on(at), TOWN);
const resumed =
  (at: string): Act =>
  (matter) =>
    unitWork.resume(matter, '东段', citizen, on(at), TOWN);

const received = (at = '2026-09-21 10:00') => aMatter({ letter: aLetter({ receivedAt: on(at) }) });

describe('a clock reckoned from its history', () => {
  const lives: readonly [string, Matter][] = [
    ['just received', received()],
    [
      'asked and answered',
      after(
        received(),
        (matter) => sorting.askCitizen(matter, '哪里？', dispatcher, on('2026-09-21 11:00'), TOWN),
        (matter) => sorting.answerQuestion(matter, '东街', citizen, on('2026-09-23 09:00'), TOWN),
      ),
    ],
    [
      'in hand',
      after(received(), assigned('2026-09-21 15:00'), signed('2026-09-22 09:00'), inHand('2026-09-22 10:00')),
    ],
    [
      'paused',
      after(
        received(),
        assigned('2026-09-21 15:00'),
        signed('2026-09-22 09:00'),
        inHand('2026-09-22 10:00'),
        paused('2026-09-23 10:00'),
      ),
    ],
    [
      'paused and resumed',
      after(
        received(),
        assigned('2026-09-21 15:00'),
        signed('2026-09-22 09:00'),
        inHand('2026-09-22 10:00'),
        paused('2026-09-23 10:00'),
        resumed('2026-10-08 10:00'),
      ),
    ],
    [
      'extended twice',
      after(
        received(),
        assigned('2026-09-21 15:00'),
        signed('2026-09-22 09:00'),
        inHand('2026-09-22 10:00'),
        extended(3, '2026-09-23 10:00', '2026-09-24 10:00'),
        extended(4, '2026-09-28 10:00', '2026-09-28 11:00'),
      ),
    ],
    [
      'with steps taken',
      after(
        received(),
        assigned('2026-09-21 15:00'),
        stepped('2026-09-29 18:00'),
        stepped('2026-09-29 18:00'),
        stepped('2026-09-29 18:00'),
      ),
    ],
    [
      'returned and handed on again',
      after(
        received(),
        assigned('2026-09-21 15:00'),
        (matter) =>
          unitWork.askReturn(matter, { text: '不归我们', unit: '' }, handler, on('2026-09-22 09:00')),
        (matter) => unitWork.acceptReturn(matter, dispatcher, on('2026-09-22 11:00'), TOWN),
        assigned('2026-09-22 15:00'),
      ),
    ],
    [
      'taken back',
      after(received(), assigned('2026-09-21 15:00'), (matter) =>
        sorting.takeBack(matter, '另行批转', dispatcher, on('2026-09-22 09:00'), TOWN),
      ),
    ],
  ];
  for (const [name, matter] of lives) {
    it(`${name} › is the clock it has`, () => assert.deepEqual(reckonClock(matter, TOWN), matter.clock));
  }

  it('refused and opened again › is the clock it has', () => {
    const refused = after(received(), (matter) =>
      sorting.refuse(matter, { ground: 'litigation', text: '' }, dispatcher, on('2026-09-22 09:00'), TOWN),
    );
    const answered = { ...refused, state: 'closed' } as const;
    const again = reopen(answered, '没有解决', citizen, on('2026-10-09 09:00'), TOWN).matter;
    assert.deepEqual(reckonClock(again, TOWN), again.clock);
  });
});

const moved = (reckoning: Reckoning): Change => {
  assert.ok(typeof reckoning !== 'string', JSON.stringify(reckoning));
  return reckoning;
};

describe('a calendar that changes', () => {
  /** 2027 as it may be announced: New Year Fri 1 to Sun 3 Jan off, nothing else. */
  const YEAR_2027 = {
    year: 2027,
    holidays: { '2027-01-01': { zh: '元旦', en: 'New Year' } },
    makeUpDays: {},
  };
  const loaded: TownTime = {
    ...TOWN,
    calendar: workingCalendar(ZONE, [...chinaCalendarYears(), YEAR_2027]),
  };
  const NOW = on('2026-12-30 11:00');

  it('a provisional day › is reckoned anew, with an event and a new version of the clock', () => {
    const matter = after(received('2026-12-28 10:00'), assigned('2026-12-28 15:00'));
    assert.deepEqual([matter.clock.reply.dueOn, matter.clock.reply.isProvisional], ['2027-01-04', true]);
    const { matter: again, event } = moved(reckonAnew(matter, 'calendar', NOW, loaded));
    assert.deepEqual([again.clock.reply.dueOn, again.clock.reply.isProvisional], ['2027-01-05', false]);
    assert.equal(again.clock.version, matter.clock.version + 1);
    assert.deepEqual([event.what, event.why, event.clockVersion], ['reckon', 'calendar', 2]);
    assert.deepEqual(again.clock.adjustments, [
      { why: 'calendar', on: '2026-12-30', before: '2027-01-04', after: '2027-01-05' },
    ]);
    assert.equal(again.state, matter.state);
  });

  it('a day that stays › is provisional no longer, in the same version, with the steps it had', () => {
    const holidays = { ...YEAR_2027, holidays: {} };
    const calendar = workingCalendar(ZONE, [...chinaCalendarYears(), holidays]);
    const matter = after(received('2026-12-28 10:00'), assigned('2026-12-28 15:00'));
    const { matter: again } = moved(reckonAnew(matter, 'calendar', NOW, { ...TOWN, calendar }));
    assert.equal(again.clock.reply.isProvisional, false);
    assert.equal(again.clock.version, matter.clock.version);
    assert.deepEqual(again.clock.plan, matter.clock.plan);
    assert.deepEqual(again.clock.adjustments, []);
  });

  it('twice › changes nothing the second time', () => {
    const matter = after(received('2026-12-28 10:00'), assigned('2026-12-28 15:00'));
    const { matter: again } = moved(reckonAnew(matter, 'calendar', NOW, loaded));
    assert.equal(reckonAnew(again, 'calendar', NOW, loaded), 'same');
  });

  it('a day off in a pause or an extension › counts there, too', () => {
    const typhoon = workingCalendar(ZONE, chinaCalendarYears(), [
      { day: '2026-10-09', isWorking: false, name: { zh: '台风', en: 'Typhoon' } },
    ]);
    const matter = after(
      received(),
      assigned('2026-09-21 15:00'),
      signed('2026-09-22 09:00'),
      inHand('2026-09-22 10:00'),
      extended(5, '2026-09-23 10:00', '2026-09-24 10:00'),
    );
    assert.equal(matter.clock.reply.dueOn, '2026-10-12');
    const { matter: again } = moved(
      reckonAnew(matter, 'calendar', on('2026-09-28 10:00'), { ...TOWN, calendar: typhoon }),
    );
    assert.equal(again.clock.reply.dueOn, '2026-10-13');
    assert.equal(again.clock.extendedBy, 5);
  });

  it('what is answered, refused or imported › stays as it was', () => {
    const matter = after(received('2026-12-28 10:00'), assigned('2026-12-28 15:00'));
    for (const patch of [
      { state: 'answered' },
      { state: 'notAccepted' },
      { state: 'archived' },
      { origin: { source: 'old', externalId: '1' } },
    ] as const) {
      assert.equal(reckonAnew({ ...matter, ...patch }, 'calendar', NOW, loaded), 'same');
    }
  });
});

describe('a policy that changes', () => {
  const stricter: ClockPolicy = {
    ...TOWN.policy,
    id: 'town',
    version: 2,
    reply: { amount: 3, unit: 'workingDays' },
  };
  const matter = after(received(), assigned('2026-09-21 15:00'));

  it('later › moves the day and says by which policy', () => {
    const time = { ...TOWN, policy: { ...GUANGDONG_2022, exceptions: [] } };
    const { matter: again } = moved(reckonAnew(matter, 'policy', on('2026-09-22 10:00'), time));
    assert.deepEqual([again.clock.reply.dueOn, again.clock.policy], ['2026-10-12', 'guangdong-2022@1']);
    assert.equal(again.clock.adjustments[0]?.why, 'policy');
  });

  it('earlier › plans only what lies ahead', () => {
    const { matter: again } = moved(
      reckonAnew(matter, 'policy', on('2026-09-22 10:00'), { ...TOWN, policy: stricter }),
    );
    assert.equal(again.clock.reply.dueOn, '2026-09-24');
    assert.ok(again.clock.plan.every(({ at }) => at > on('2026-09-22 10:00')));
    assert.deepEqual(again.clock.taken, []);
  });

  it('so early that the day has passed › leaves the old one: nobody is made late', () => {
    const time = { ...TOWN, policy: stricter };
    assert.equal(reckonAnew(matter, 'policy', on('2026-09-28 10:00'), time), 'over');
    assert.equal(reckonAnew(matter, 'policy', on('2026-09-24 17:30'), time), 'over');
    assert.notEqual(reckonAnew(matter, 'policy', on('2026-09-24 17:29'), time), 'over');
  });

  it('another ladder on the same day › keeps what was taken, and times the rest anew', () => {
    const ladder = TOWN.policy.ladder.map((rung) =>
      rung.step === 'redCard' ? { ...rung, at: { workingDays: 4, hour: 'closes' } as const } : rung,
    );
    const late = after(matter, stepped('2026-09-22 18:00'));
    assert.deepEqual(late.clock.taken, ['signOverdue']);
    const { matter: again } = moved(
      reckonAnew(late, 'policy', on('2026-09-23 10:00'), {
        ...TOWN,
        policy: { ...TOWN.policy, version: 2, ladder },
      }),
    );
    assert.equal(again.clock.version, late.clock.version);
    assert.deepEqual(again.clock.taken, ['signOverdue']);
    const red = again.clock.plan.find(({ step }) => step === 'redCard');
    assert.equal(wallOf(red?.at), '2026-10-10 17:30');
  });
});
