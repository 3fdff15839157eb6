import { startClock, type TownTime } from '../clocks/matter-clock.ts';
import type { Letter } from '../letters/letter.ts';
import type { UnitSuggestion } from '../routing/suggest-units.ts';
import type { Answer, EventActor, Matter, MatterEvent, Origin } from './matter.ts';

const CITIZEN: EventActor = { id: 'citizen', name: '', role: 'citizen', unit: null };

export interface Opening {
  readonly id: string;
  readonly number: string;
  readonly letter: Letter;
  readonly suggestions: readonly UnitSuggestion[];
}

/** Every letter opens its own matter, and its clock starts with it. */
export function openMatter(opening: Opening, town: TownTime, by: EventActor = CITIZEN): Matter {
  const { letter } = opening;
  const event: MatterEvent = {
    seq: 1,
    what: 'open',
    at: letter.receivedAt,
    by,
    from: 'received',
    to: 'received',
  };
  return {
    ...opening,
    version: 1,
    state: 'received',
    stateBefore: null,
    lead: null,
    supporting: [],
    handler: null,
    returns: 0,
    joinedTo: null,
    clock: startClock(letter.receivedAt, town),
    rounds: [],
    answer: null,
    resolution: null,
    publication: null,
    rating: null,
    refusal: null,
    origin: null,
    history: [event],
    changedAt: letter.receivedAt,
  };
}

export interface OldReply {
  readonly text: string;
  readonly unit: string;
  readonly answeredAt: Date;
  readonly isPublished: boolean;
}

/** A letter of former years with its old reply: keeps its dates, is over, and wakes no clock. */
export function openImportedMatter(
  opening: Opening,
  origin: Origin,
  reply: OldReply | null,
  town: TownTime,
): Matter {
  const matter = openMatter(opening, town, { id: 'import', name: origin.source, role: 'clock', unit: null });
  const answer: Answer | null = reply && {
    text: reply.text,
    resolution: 'explained',
    unit: reply.unit,
    round: 1,
    approvedBy: '',
    answeredAt: reply.answeredAt,
    isOnTime: reply.answeredAt <= matter.clock.reply.dueAt,
  };
  return {
    ...matter,
    state: 'archived',
    lead: reply?.unit ?? null,
    answer,
    resolution: answer?.resolution ?? null,
    origin,
    clock: { ...matter.clock, plan: [] },
    publication: reply?.isPublished
      ? {
          isPublished: true,
          decidedAt: reply.answeredAt,
          decidedBy: 'import',
          reason: '',
          title: [],
          body: [],
          answer: [],
        }
      : null,
  };
}
