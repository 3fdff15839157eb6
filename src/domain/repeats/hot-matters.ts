import { addDays, daysBetween, type Day } from '../clocks/zoned-day.ts';
import type { LetterGroup } from './letter-groups.ts';
import type { LinkedLetter } from './linked-letter.ts';

/** 热点: what many people write about at the same time. */

/** How far back a group is looked at, in days; today is the last of them. */
export const HOT_WINDOWS = [7, 30, 90] as const;
export type HotWindow = (typeof HOT_WINDOWS)[number];
export const LONGEST_WINDOW = 90;

/** One letter is no group. */
const FEWEST_LETTERS = 2;
/** The public is told of a group only when nobody could be guessed from it. */
export const FEWEST_PEOPLE_IN_PUBLIC = 3;

/**
 * What a group's heat is made of; pages print these very numbers. A person weighs more than a letter, so that one who
 * writes ten times is not ten; a signature less than either, since it costs less.
 */
export const HEAT = { version: 1, person: 2, letter: 1, signature: 0.2, halfLifeDays: 7 } as const;

export interface HeatOf {
  readonly people: number;
  readonly letters: number;
  readonly signatures: number;
  /** Days since the newest letter. */
  readonly quietDays: number;
}

/** (2 × people + letters + 0.2 × signatures) × ½^(days since the newest letter ÷ 7), to one place. */
export function heatOf({ people, letters, signatures, quietDays }: HeatOf): number {
  const weight = HEAT.person * people + HEAT.letter * letters + HEAT.signature * signatures;
  return Math.round(10 * weight * 0.5 ** (Math.max(0, quietDays) / HEAT.halfLifeDays)) / 10;
}

export interface HotMatter extends HeatOf {
  /** Of the group: where its set leads, or its oldest letter. */
  readonly id: string;
  readonly ids: ReadonlySet<string>;
  /** Those that came in the window, oldest first. */
  readonly received: readonly LinkedLetter[];
  readonly heat: number;
  /** Those that have any of its letters, the one with most of them first. */
  readonly units: readonly string[];
  /** Numbers of those of its letters that everyone may read, whenever they came. */
  readonly published: readonly string[];
  /** Letters by stretch of the window, the oldest stretch first. */
  readonly stretches: readonly Stretch[];
  readonly trend: 'rising' | 'steady' | 'falling';
  readonly newestOn: Day;
}

export interface Stretch {
  readonly from: Day;
  readonly to: Day;
  readonly letters: number;
}

/** The groups that got letters in the window, the hottest first. */
export function hotMatters(groups: readonly LetterGroup[], today: Day, days: HotWindow): HotMatter[] {
  const window = windowOf(today, days);
  return groups
    .flatMap((group) => {
      const received = group.letters.filter(
        ({ receivedOn }) => receivedOn >= window.first && receivedOn <= today,
      );
      const newest = received.at(-1);
      return newest && received.length >= FEWEST_LETTERS
        ? [hotMatter(group, received, newest.receivedOn, window)]
        : [];
    })
    .sort((a, b) => b.heat - a.heat || (a.newestOn === b.newestOn ? 0 : a.newestOn < b.newestOn ? 1 : -1));
}

interface Window {
  readonly first: Day;
  readonly today: Day;
  readonly stretches: readonly Omit<Stretch, 'letters'>[];
  /** The last day of the older half and the first of the newer: the middle of an odd number of days is in neither. */
  readonly olderUntil: Day;
  readonly newerFrom: Day;
}

/** Few enough to be drawn on a phone: days, then stretches of 3 and of 9 days. */
const STRETCH_DAYS: Readonly<Record<HotWindow, number>> = { 7: 1, 30: 3, 90: 9 };

function windowOf(today: Day, days: HotWindow): Window {
  const first = addDays(today, 1 - days);
  const length = STRETCH_DAYS[days];
  const half = Math.floor(days / 2);
  return {
    first,
    today,
    stretches: Array.from({ length: days / length }, (_, i) => ({
      from: addDays(first, i * length),
      to: addDays(first, (i + 1) * length - 1),
    })),
    olderUntil: addDays(first, half - 1),
    newerFrom: addDays(today, 1 - half),
  };
}

function hotMatter(
  { id, ids, letters }: LetterGroup,
  received: readonly LinkedLetter[],
  newestOn: Day,
  { today, stretches, olderUntil, newerFrom }: Window,
): HotMatter {
  const made: HeatOf = {
    people: countPeople(received),
    letters: received.length,
    // The seam for petitions: those about one of `ids` are counted here.
    signatures: 0,
    quietDays: daysBetween(newestOn, today),
  };
  const newer = received.filter(({ receivedOn }) => receivedOn >= newerFrom).length;
  const older = received.filter(({ receivedOn }) => receivedOn <= olderUntil).length;
  return {
    ...made,
    id,
    ids,
    received,
    heat: heatOf(made),
    units: unitsOf(letters),
    published: letters.filter(({ isPublished }) => isPublished).map(({ number }) => number),
    stretches: stretches.map((stretch) => ({
      ...stretch,
      letters: received.filter(({ receivedOn }) => receivedOn >= stretch.from && receivedOn <= stretch.to)
        .length,
    })),
    trend: newer > older ? 'rising' : newer < older ? 'falling' : 'steady',
    newestOn,
  };
}

/** Two letters are one person's when they share a telephone or a mail address, also by way of a third. */
export function countPeople(letters: readonly Pick<LinkedLetter, 'people'>[]): number {
  const people = new Map<string, Set<string>>();
  let unknown = 0;
  for (const { people: keys } of letters) {
    if (keys.length === 0) unknown += 1;
    const person = new Set(keys.flatMap((key) => [key, ...(people.get(key) ?? [])]));
    for (const key of person) people.set(key, person);
  }
  return new Set(people.values()).size + unknown;
}

function unitsOf(letters: readonly LinkedLetter[]): string[] {
  const counts = new Map<string, number>();
  for (const { unit } of letters) if (unit !== null) counts.set(unit, (counts.get(unit) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([unit]) => unit);
}
