import { policyFor, policyName, type ClockPolicy, type PromisedLetter } from './clock-policy.ts';
import type { TownTime } from './matter-clock.ts';
import { LETTER_BOX, PROFILES } from './policy-profiles.ts';
import type { WorkingCalendar } from './working-calendar.ts';
import { dayOf, type Day } from './zoned-day.ts';

/** What a town decided about time: its calendar, and every version of its policies. */
export interface TownTimes {
  readonly calendar: WorkingCalendar;
  /** For a letter that comes at `at`. */
  forLetter(letter: PromisedLetter, at: Date): TownTime;
  /** For a matter: the policy that its clock was started with. */
  forMatter(matter: {
    readonly clock: { readonly policy: string };
    readonly letter: ReceivedLetter;
  }): TownTime;
  /** The policy of a day, its exceptions not resolved. */
  readonly policyOn: (day: Day) => ClockPolicy;
}

interface ReceivedLetter extends PromisedLetter {
  readonly receivedAt: Date;
}

/** `saved`: the town's own policies in the order in which they were saved; the last one that is in force holds. */
export function townTimes(saved: readonly ClockPolicy[], calendar: WorkingCalendar): TownTimes {
  const known = new Map([...PROFILES, ...saved].map((policy) => [policyName(policy), policy]));
  const policyOn = (day: Day): ClockPolicy =>
    saved.findLast(({ inForceFrom }) => inForceFrom === null || inForceFrom <= day) ?? LETTER_BOX;
  const forLetter = (letter: PromisedLetter, at: Date): TownTime => ({
    policy: policyFor(policyOn(dayOf(at, calendar.zone)), letter),
    calendar,
  });
  return {
    calendar,
    policyOn,
    forLetter,
    forMatter({ clock, letter }) {
      const policy = known.get(clock.policy);
      return policy ? { policy: policyFor(policy, letter), calendar } : forLetter(letter, letter.receivedAt);
    },
  };
}
