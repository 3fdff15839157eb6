import type { Bilingual, Language } from '../domain/bilingual.ts';
import { inLanguage } from '../domain/bilingual.ts';
import { policyName, type ClockPolicy } from '../domain/clocks/clock-policy.ts';
import { LIMIT_UNITS } from '../domain/clocks/due-date.ts';
import { ladderDoubts } from '../domain/clocks/ladder-doubts.ts';
import { PROFILES } from '../domain/clocks/policy-profiles.ts';
import type { TownTimes } from '../domain/clocks/town-times.ts';
import type { Day } from '../domain/clocks/zoned-day.ts';
import type { Mailbox, Person } from '../domain/directory/directory.ts';
import { LETTER_KINDS } from '../domain/letters/letter.ts';
import type { Translate } from '../platform/words.ts';
import { COMMAND_LINE } from './keep-calendar.ts';
import {
  CHANNELS,
  FREE_LIMITS,
  NEEDED_LIMITS,
  RECIPIENTS,
  STEP_TIMES,
  STEPS,
  type Typed,
} from './policy-fields.ts';
import type { SavedPolicy } from './policy-store.ts';
import { boxLines, changedLines, doubtWords, kindLines, ladderRows, limitLines } from './policy-words.ts';
import type { ReckoningSum } from './reckon-clocks.ts';

/** Names of people by their id; of those who are no longer there the id. */
export const nameOf =
  (people: readonly Person[], t: Translate) =>
  (id: string): string => {
    const person = people.find((each) => each.id === id);
    if (person) return inLanguage(t.lang, person.name);
    return id === COMMAND_LINE.id ? t('clocks:byCommand') : id;
  };

type Standing = 'inForce' | 'toCome' | 'never' | 'former';

/** A later version that is in force by then takes the place of one that was to come. */
function standingOf(policy: ClockPolicy, { policyOn }: TownTimes, today: Day): Standing {
  const isOwn = (day: Day) => policyName(policyOn(day)) === policyName(policy);
  if (isOwn(today)) return 'inForce';
  const from = policy.inForceFrom;
  if (from === null || from <= today) return 'former';
  return isOwn(from) ? 'toCome' : 'never';
}

const TONES = { inForce: 'ok', toCome: 'info', never: 'warn', former: 'calm' } as const;

const changeFrom = (name: string): string => `/administration/policy/change?from=${encodeURIComponent(name)}`;

/** What holds today, what was saved, and what is to come. */
export function policyView(
  facts: {
    readonly times: TownTimes;
    readonly versions: readonly SavedPolicy[];
    readonly people: readonly Person[];
    readonly mailboxes: readonly Mailbox[];
    readonly today: Day;
  },
  t: Translate,
) {
  const { times, today } = facts;
  const current = times.policyOn(today);
  const by = nameOf(facts.people, t);
  return {
    name: inLanguage(t.lang, current.name),
    version: policyName(current),
    inForceFrom: current.inForceFrom,
    facts: limitLines(current, t).map(({ label, text }) => ({ term: label, text })),
    kinds: [...boxLines(current, facts.mailboxes, t), ...kindLines(current, t)].map(({ label, text }) => [
      label,
      text,
    ]),
    ladder: ladderRows(current, t),
    doubts: doubtWords(ladderDoubts(current, times.calendar, today), t),
    versions: facts.versions.toReversed().map(({ policy, ...saved }) => {
      const standing = standingOf(policy, times, today);
      return {
        name: inLanguage(t.lang, policy.name),
        version: policyName(policy),
        href: changeFrom(policyName(policy)),
        inForceFrom: policy.inForceFrom,
        standing,
        tone: TONES[standing],
        at: saved.at,
        by: by(saved.by),
      };
    }),
    profiles: PROFILES.map((profile) => ({
      name: inLanguage(t.lang, profile.name),
      href: changeFrom(profile.id),
    })),
  };
}

/** The form, with what stands in it. */
export function policyFormView(
  typed: Typed,
  given: { base: string; after: string; baseName: Bilingual; mailboxes: readonly Mailbox[] },
  lang: Language,
) {
  return {
    base: given.base,
    after: given.after,
    baseName: inLanguage(lang, given.baseName),
    boxes: given.mailboxes.map(({ id, name }) => ({ id, name: inLanguage(lang, name) })),
    typed,
    needed: NEEDED_LIMITS,
    free: FREE_LIMITS,
    units: LIMIT_UNITS,
    kinds: LETTER_KINDS,
    steps: STEPS,
    times: STEP_TIMES,
    recipients: RECIPIENTS,
    channels: CHANNELS,
  };
}

/** What a draft would change, before anything is saved. */
export function previewView(
  draft: ClockPolicy,
  sum: ReckoningSum,
  facts: {
    readonly times: TownTimes;
    readonly today: Day;
    readonly versions: readonly SavedPolicy[];
    readonly mailboxes: readonly Mailbox[];
  },
  t: Translate,
) {
  const { times, today } = facts;
  const from = draft.inForceFrom ?? today;
  return {
    name: inLanguage(t.lang, draft.name),
    from,
    isAtOnce: from <= today,
    changes: changedLines(times.policyOn(today), draft, t, facts.mailboxes),
    doubts: doubtWords(ladderDoubts(draft, times.calendar, from), t),
    // Saved before this one, and to come on its first day or after it: this one takes its place.
    replaced: facts.versions
      .filter(({ policy }) => policy.inForceFrom !== null && policy.inForceFrom > today)
      .filter(
        ({ policy }) => (policy.inForceFrom ?? '') >= from && standingOf(policy, times, today) === 'toCome',
      )
      .map(({ policy }) => ({ name: inLanguage(t.lang, policy.name), from: policy.inForceFrom })),
    sum,
  };
}

/** A form's fields to travel on unseen. */
export const hiddenFields = (typed: Typed): { name: string; value: string }[] =>
  Object.entries(typed).flatMap(([name, value]) =>
    typeof value === 'string' ? [{ name, value }] : value.map((one) => ({ name, value: one })),
  );
