import type { Channel, LadderRung, Recipient } from '../domain/clocks/ladder.ts';
import type { WorkingCalendar } from '../domain/clocks/working-calendar.ts';
import type { Person } from '../domain/directory/directory.ts';
import type { Matter, MatterEvent } from '../domain/matters/matter.ts';
import { channelsFor } from './message-wish.ts';
import type { MessageWishStore } from './message-wish-store.ts';
import { notBefore } from './not-before.ts';
import { QUEUED, type Notice, type NoticeTemplate } from './notice.ts';

interface Occasion {
  readonly template: NoticeTemplate;
  readonly to: Recipient;
  readonly channels: readonly Channel[] | 'asTheyWish';
  /** How long after the event; at once when absent. */
  readonly hoursLater?: number;
  /** Only when the writer did it: a unit that goes on by itself, or a wait that ran out, is no news to it. */
  readonly byWriter?: true;
}

/** Apart from the answer, once it has been read and tried: beside it, an invitation is overlooked. */
const RATE: Occasion = { template: 'rate', to: 'citizen', channels: 'asTheyWish', hoursLater: 24 };

/** The writer's words, with a note or as the answer to a question; whoever has the matter waits for them. */
const NOTED: Occasion = { template: 'noted', to: 'handler', channels: ['mail'], byWriter: true };

/** What a unit asked the office for was decided: it goes on with the letter, by the day it now has. */
const DECIDED: Occasion = { template: 'requestDecided', to: 'handler', channels: ['mail'] };

/** Who hears of what. Steps of the ladder are not here: the policy names their recipients. */
const OCCASIONS: Readonly<Partial<Record<MatterEvent['what'], readonly Occasion[]>>> = {
  open: [{ template: 'received', to: 'citizen', channels: 'asTheyWish' }],
  askCitizen: [{ template: 'asked', to: 'citizen', channels: 'asTheyWish' }],
  pause: [{ template: 'asked', to: 'citizen', channels: 'asTheyWish' }],
  refuse: [{ template: 'refused', to: 'citizen', channels: 'asTheyWish' }],
  assign: [
    { template: 'assigned', to: 'citizen', channels: 'asTheyWish' },
    { template: 'assigned', to: 'head', channels: ['mail'] },
    { template: 'assigned', to: 'handler', channels: ['mail'] },
  ],
  askReturn: [{ template: 'returnAsked', to: 'dispatcher', channels: ['mail'] }],
  askExtension: [{ template: 'extensionAsked', to: 'dispatcher', channels: ['mail'] }],
  grantExtension: [{ template: 'extended', to: 'citizen', channels: 'asTheyWish' }, DECIDED],
  declineExtension: [DECIDED],
  declineReturn: [DECIDED],
  sendBack: [{ template: 'sentBack', to: 'handler', channels: ['mail'] }],
  withdraw: [{ template: 'letterWithdrawn', to: 'handler', channels: ['mail'] }],
  approve: [{ template: 'answered', to: 'citizen', channels: 'asTheyWish' }, RATE],
  publish: [{ template: 'published', to: 'citizen', channels: 'asTheyWish' }],
  join: [
    { template: 'joined', to: 'citizen', channels: 'asTheyWish' },
    { template: 'joined', to: 'handler', channels: ['mail'] },
  ],
  separate: [{ template: 'separated', to: 'citizen', channels: 'asTheyWish' }],
  shareAnswer: [{ template: 'answered', to: 'citizen', channels: 'asTheyWish' }, RATE],
  addNote: [NOTED],
  answerQuestion: [NOTED],
  resume: [NOTED],
  reopen: [{ template: 'reopened', to: 'dispatcher', channels: ['mail'] }],
};

interface PlanContext {
  readonly ladder: readonly LadderRung[];
  readonly calendar: WorkingCalendar;
  readonly find: FindRecipients;
  /** What the writer said of messages since the letter. */
  readonly wishes: Pick<MessageWishStore, 'of'>;
}

/** People by what a notice calls them, for one matter. */
export type FindRecipients = (role: Recipient, matter: Matter) => Promise<readonly Person[]>;

/** The notices one event gives rise to. Planned again, it yields the same keys. */
export async function planNotices(
  matter: Matter,
  event: MatterEvent,
  context: PlanContext,
): Promise<Notice[]> {
  if (matter.origin) return [];
  const occasions =
    event.what === 'step' ? rungOccasions(event, context.ladder) : (OCCASIONS[event.what] ?? []);
  const given = occasions.filter(({ byWriter }) => !byWriter || event.by.role === 'citizen');
  const planned = await Promise.all(given.map((occasion) => noticesOf(occasion, matter, event, context)));
  return planned.flat();
}

function rungOccasions(event: MatterEvent, ladder: readonly LadderRung[]): Occasion[] {
  const rung = ladder.find(({ step }) => step === event.step);
  return rung ? rung.to.map((to) => ({ template: rung.step, to, channels: rung.channels })) : [];
}

async function noticesOf(
  { template, to, channels, hoursLater = 0 }: Occasion,
  matter: Matter,
  event: MatterEvent,
  { calendar, find, wishes }: PlanContext,
): Promise<Notice[]> {
  const cause = event.step ? `v${event.clockVersion}/${event.step}` : `${event.seq}/${template}`;
  const from = new Date(event.at.getTime() + hoursLater * 3_600_000);
  const notice = (personId: string | null, channel: Channel): Notice => ({
    key: `${matter.id}/${cause}/${personId ?? 'citizen'}/${channel}`,
    matterId: matter.id,
    number: matter.number,
    template,
    recipient: { role: to, personId },
    channel,
    ...QUEUED,
    step: event.step ?? null,
    clockVersion: event.clockVersion ?? null,
    seq: event.seq,
    dueAt: notBefore(personId, channel, from, calendar),
    plannedAt: event.at,
  });
  if (to === 'citizen') {
    // Nothing can have been said about messages on a letter that has only just come.
    const later = event.what === 'open' ? null : await wishes.of(matter.id);
    const wanted = channelsFor(template, matter, later);
    return wanted.map((channel) => notice(null, channel));
  }
  const people = await find(to, matter);
  const wanted = channels === 'asTheyWish' ? (['mail'] as const) : channels;
  return people.flatMap((person) => wanted.map((channel) => notice(person.id, channel)));
}
