import type { TownTime } from '../domain/clocks/matter-clock.ts';
import { workingDaysBetween } from '../domain/clocks/working-calendar.ts';
import { dayOf } from '../domain/clocks/zoned-day.ts';
import type { Unit } from '../domain/directory/directory.ts';
import {
  ANSWERED_STATES,
  CLOSED_TO_REPLY_STEPS,
  WAITING_STATES,
  type MatterState,
} from '../domain/matters/lifecycle.ts';
import type { Matter } from '../domain/matters/matter.ts';
import { answerHad } from '../domain/matters/citizen-acts.ts';
import { answerAsTold } from '../domain/matters/publishing.ts';
import { allowedActions } from '../domain/matters/transition.ts';
import { inLanguage, type Language } from '../domain/bilingual.ts';
import { CITIZEN } from '../domain/permissions/permissions.ts';
import { isCitizenAction, type CitizenActionName } from './citizen-actions.ts';
import { dueView } from './due.view.ts';
import { timelineOf } from './timeline.view.ts';

/** What the writer of a letter sees of the matter, field by field. */

interface Reader {
  readonly lang: Language;
  readonly now: Date;
  readonly town: TownTime;
  readonly units: readonly Unit[];
}

/** The writer need not know every room of the house: what goes on behind the unit's door is "in hand". */
const SHOWN_STATES: Readonly<Partial<Record<MatterState, string>>> = {
  returnAsked: 'sorting',
  extensionAsked: 'inHand',
  drafted: 'inHand',
  archived: 'closed',
};

const TONES: Readonly<Partial<Record<MatterState, string>>> = {
  asked: 'warn',
  paused: 'warn',
  answered: 'ok',
  closed: 'calm',
  archived: 'calm',
  notAccepted: 'calm',
};

/** `others`: the other letters of its set, the matter it was joined to among them. */
export function mineView(matter: Matter, others: readonly Matter[], reader: Reader) {
  const { lang, town } = reader;
  const zone = town.calendar.zone;
  const unitName = (id: string): string => {
    const unit = reader.units.find((each) => each.id === id);
    return unit ? inLanguage(lang, unit.name) : id;
  };
  const primary = others.find(({ id }) => id === matter.joinedTo) ?? null;
  const working = primary ?? matter;
  const { letter } = matter;
  const left = countdown(working, matter.sharedAnswer !== null, reader);
  return {
    number: matter.number,
    title: letter.title,
    kind: letter.kind,
    body: letter.body,
    place: letter.place,
    wish: letter.wish,
    files: letter.attachments.map(({ name, size }) => ({ name, size })),
    receivedAt: letter.receivedAt,
    state: stateWord(matter),
    tone: matter.sharedAnswer ? 'ok' : (TONES[matter.state] ?? 'info'),
    unit: working.lead === null ? '' : unitName(working.lead),
    isJoined: primary !== null,
    due: { ...dueView(working.clock.reply, zone, lang), ...left },
    adjustments: working.clock.adjustments.map(({ why, before, after }) => ({ why, before, after })),
    waitsUntil: matter.clock.waitsUntil && dayOf(matter.clock.waitsUntil, zone),
    closesOn: matter.clock.closesAt && dayOf(matter.clock.closesAt, zone),
    timeline: [
      ...timelineOf(matter, unitName),
      ...(left.state === 'running' ? [awaited(working.clock.reply.dueOn)] : []),
    ],
    question: WAITING_STATES.includes(matter.state) ? questionOf(matter) : null,
    answer: answerOf(matter, others, reader, unitName),
    refusal: matter.refusal && { ground: matter.refusal.ground, text: matter.refusal.text },
    rating: matter.rating && {
      overall: matter.rating.overall,
      solved: matter.rating.solved,
      words: matter.rating.words,
    },
    may: actionsOf(matter),
    isPublished: matter.publication?.isPublished ?? false,
  };
}

export type MineView = ReturnType<typeof mineView>;

function stateWord(matter: Matter): string {
  if (matter.resolution === 'withdrawn') return 'withdrawn';
  if (matter.sharedAnswer) return 'answeredTogether';
  if (matter.state === 'archived' && matter.refusal) return 'notAccepted';
  return SHOWN_STATES[matter.state] ?? matter.state;
}

const awaited = (dueOn: string) =>
  ({ key: 'awaited', at: null, on: dueOn, unit: '', dueOn: '', text: '', tone: 'next' }) as const;

/** Working days left on the reply clock; null when it does not run. */
function countdown(matter: Matter, isAnswered: boolean, { now, town }: Reader) {
  const { dueOn } = matter.clock.reply;
  if (WAITING_STATES.includes(matter.state)) return { state: 'paused', days: null } as const;
  if (CLOSED_TO_REPLY_STEPS.includes(matter.state) || isAnswered)
    return { state: 'done', days: null } as const;
  const today = dayOf(now, town.calendar.zone);
  const left = workingDaysBetween(today, dueOn, town.calendar);
  const late = workingDaysBetween(dueOn, today, town.calendar);
  return { state: 'running', days: today > dueOn ? -Math.max(1, late) : left } as const;
}

function questionOf(matter: Matter) {
  const asked = matter.history.findLast(({ what }) => what === 'askCitizen' || what === 'pause');
  return { text: asked?.text ?? '' };
}

/** A joined letter has the answer that was given to its set; nobody reads what it says about another writer. */
function answerOf(
  matter: Matter,
  others: readonly Matter[],
  { units }: Reader,
  unitName: (id: string) => string,
) {
  const had = answerHad(matter);
  if (!had || (matter.joinedTo === null && !ANSWERED_STATES.includes(matter.state))) return null;
  const phones = units.map(({ phone }) => phone);
  const text = answerAsTold(matter, others, phones);
  const answered = others.find(({ id }) => id === matter.joinedTo) ?? matter;
  return {
    text,
    hasMarks: text !== answered.answer?.text,
    unit: unitName(had.unit),
    answeredAt: had.answeredAt,
    isOnTime: had.isOnTime,
    resolution: had.resolution,
  };
}

/** The buttons: what the table allows, less what the facts forbid. */
function actionsOf(matter: Matter): Readonly<Partial<Record<CitizenActionName, true>>> {
  const isAnswered = answerHad(matter) !== null;
  const allowed = allowedActions(matter, CITIZEN)
    .filter(isCitizenAction)
    .filter((action) => action !== 'rate' || (isAnswered && matter.rating === null))
    .filter((action) => action !== 'reopen' || isAnswered)
    .filter((action) => action !== 'withdraw' || matter.sharedAnswer === null);
  return Object.fromEntries(allowed.map((action) => [action, true]));
}
