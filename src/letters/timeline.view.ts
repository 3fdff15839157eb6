import type { Matter, MatterEvent } from '../domain/matters/matter.ts';

/** One line of what the writer may see; its sentence is `letters:event.<key>`. */
export interface TimelineItem {
  readonly key: string;
  readonly at: Date | null;
  readonly on: string | null;
  /** A unit, already in the reader's language. */
  readonly unit: string;
  readonly dueOn: string;
  /** The writer's own words, or a question put to them. Never what staff wrote to one another. */
  readonly text: string;
  readonly tone: 'past' | 'now' | 'next' | 'bad';
}

/**
 * What of the history the writer may see, and by which sentence. What is missing stays inside: returns and their reasons,
 * extensions asked for or declined, drafts, reviews, who of the staff did it. `byWriter` says whether the words are theirs.
 */
const SHOWN: Readonly<Partial<Record<MatterEvent['what'], (event: MatterEvent) => string | null>>> = {
  open: () => 'open',
  takeForSorting: () => 'takeForSorting',
  askCitizen: () => 'asked',
  answerQuestion: (event) => `answered${whoOf(event)}`,
  refuse: () => 'refuse',
  join: (event) => (event.by.role === 'clock' ? 'joinAgain' : 'join'),
  shareAnswer: () => 'shareAnswer',
  takeBack: () => 'takeBack',
  separate: () => 'separate',
  assign: () => 'assign',
  signFor: () => 'signFor',
  acceptReturn: () => 'acceptReturn',
  takeInHand: () => 'takeInHand',
  pause: () => 'asked',
  resume: (event) => `answered${whoOf(event)}`,
  grantExtension: () => 'grantExtension',
  reckon: () => 'reckon',
  approve: () => 'approve',
  publish: () => 'publish',
  withhold: () => 'withhold',
  // Notes on other letters of the set are other people's.
  addNote: ({ other }) => (other === undefined ? 'addNote' : null),
  rate: () => 'rate',
  reopen: (event) => (event.by.role === 'citizen' ? 'reopen' : 'reopenByOffice'),
  withdraw: () => 'withdraw',
  close: () => 'close',
};

const QUESTIONS: readonly MatterEvent['what'][] = ['askCitizen', 'pause'];
const CARDS = ['yellowCard', 'redCard'] as const;

const whoOf = ({ by }: MatterEvent): string =>
  by.role === 'citizen' ? 'ByWriter' : by.role === 'clock' ? 'ByClock' : 'ByOffice';

export function timelineOf(matter: Matter, unitName: (id: string) => string): TimelineItem[] {
  const shown = matter.history.flatMap((event) => itemOf(event, matter, unitName) ?? []);
  return shown.map((item, index) => ({
    ...item,
    tone: item.tone === 'bad' ? 'bad' : index === shown.length - 1 ? 'now' : 'past',
  }));
}

function itemOf(event: MatterEvent, matter: Matter, unitName: (id: string) => string): TimelineItem | null {
  const card = event.what === 'step' && CARDS.find((step) => step === event.step);
  const key = event.what === 'step' ? card : SHOWN[event.what]?.(event);
  if (!key) return null;
  const mayShowWords = event.by.role === 'citizen' || QUESTIONS.includes(event.what);
  return {
    key,
    at: event.at,
    on: null,
    unit: unitOf(event, matter, unitName),
    dueOn: event.what === 'grantExtension' ? matter.clock.reply.dueOn : '',
    text: mayShowWords ? (event.text ?? '') : '',
    tone: card ? 'bad' : 'past',
  };
}

/** The unit as it stood at the time: the last one handed to before the event. */
function unitOf(event: MatterEvent, matter: Matter, unitName: (id: string) => string): string {
  if (event.what === 'shareAnswer' && matter.sharedAnswer) return unitName(matter.sharedAnswer.unit);
  const handed = matter.history.findLast(({ what, seq }) => what === 'assign' && seq <= event.seq);
  return handed?.unit ? unitName(handed.unit) : '';
}
