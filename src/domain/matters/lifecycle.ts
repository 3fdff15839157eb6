import type { Role } from '../permissions/permissions.ts';

export const MATTER_STATES = [
  'received',
  'sorting',
  'asked',
  'notAccepted',
  'joined',
  'assigned',
  'returnAsked',
  'signedFor',
  'inHand',
  'paused',
  'extensionAsked',
  'drafted',
  'inReview',
  'answered',
  'reopened',
  'closed',
  'archived',
] as const;
export type MatterState = (typeof MATTER_STATES)[number];

export const ACTIONS = [
  'takeForSorting',
  'askCitizen',
  'answerQuestion',
  'refuse',
  'join',
  'separate',
  'follow',
  'holdOut',
  'shareAnswer',
  'nameAccused',
  'assign',
  'takeBack',
  'signFor',
  'askReturn',
  'acceptReturn',
  'declineReturn',
  'takeInHand',
  'pause',
  'resume',
  'askExtension',
  'grantExtension',
  'declineExtension',
  'draft',
  'submitForReview',
  'sendBack',
  'approve',
  'publish',
  'withhold',
  'addNote',
  'rate',
  'reopen',
  'withdraw',
  'close',
  'archive',
] as const;
export type ActionName = (typeof ACTIONS)[number];

export interface ActionRow {
  readonly from: readonly MatterState[];
  /** `same`: the state stays. `before`: back to the state from which the matter was sent here. */
  readonly to: MatterState | 'same' | 'before';
  readonly who: readonly Role[];
  /** Handlers and heads act for the lead unit only; this marks the rows where that holds. */
  readonly ofLeadUnit: boolean;
}

const OFFICE = ['dispatcher'] as const;
const UNIT = ['handler', 'head'] as const;
const WITH_UNIT = ['signedFor', 'inHand', 'drafted'] as const;
const OPEN = [
  'received',
  'sorting',
  'asked',
  'assigned',
  'returnAsked',
  'signedFor',
  'inHand',
  'paused',
  'extensionAsked',
  'drafted',
  'inReview',
  'reopened',
] as const satisfies readonly MatterState[];

/** The one table of the lifecycle: what may be done from where, by whom, and where it leads. Pages draw their buttons from it. */
export const LIFECYCLE: Readonly<Record<ActionName, ActionRow>> = {
  takeForSorting: { from: ['received'], to: 'sorting', who: OFFICE, ofLeadUnit: false },
  askCitizen: { from: ['received', 'sorting'], to: 'asked', who: OFFICE, ofLeadUnit: false },
  // The office may enter what the citizen said on the phone.
  answerQuestion: {
    from: ['asked'],
    to: 'sorting',
    who: ['citizen', 'dispatcher', 'clock'],
    ofLeadUnit: false,
  },
  refuse: { from: ['received', 'sorting', 'asked'], to: 'notAccepted', who: OFFICE, ofLeadUnit: false },
  // The clock joins a letter that the same person sent once more, and keeps sets one level deep.
  join: { from: OPEN, to: 'joined', who: ['dispatcher', 'clock'], ofLeadUnit: false },
  separate: { from: ['joined'], to: 'before', who: ['dispatcher', 'clock'], ofLeadUnit: false },
  follow: { from: ['joined'], to: 'same', who: ['clock'], ofLeadUnit: false },
  holdOut: { from: OPEN, to: 'same', who: OFFICE, ofLeadUnit: false },
  shareAnswer: { from: ['joined'], to: 'same', who: ['clock'], ofLeadUnit: false },
  nameAccused: { from: OPEN, to: 'same', who: ['dispatcher', 'supervisor'], ofLeadUnit: false },
  assign: {
    from: ['received', 'sorting', 'reopened', 'assigned'],
    to: 'assigned',
    who: OFFICE,
    ofLeadUnit: false,
  },
  // Handed to the wrong unit, or to the one that is accused.
  takeBack: {
    from: [
      'assigned',
      'returnAsked',
      'signedFor',
      'inHand',
      'paused',
      'extensionAsked',
      'drafted',
      'inReview',
    ],
    to: 'sorting',
    who: OFFICE,
    ofLeadUnit: false,
  },
  signFor: { from: ['assigned'], to: 'signedFor', who: UNIT, ofLeadUnit: true },
  askReturn: { from: ['assigned', 'signedFor'], to: 'returnAsked', who: UNIT, ofLeadUnit: true },
  acceptReturn: { from: ['returnAsked'], to: 'sorting', who: OFFICE, ofLeadUnit: false },
  declineReturn: { from: ['returnAsked'], to: 'before', who: OFFICE, ofLeadUnit: false },
  takeInHand: { from: ['signedFor'], to: 'inHand', who: UNIT, ofLeadUnit: true },
  pause: { from: ['signedFor', 'inHand'], to: 'paused', who: UNIT, ofLeadUnit: true },
  resume: { from: ['paused'], to: 'inHand', who: ['citizen', 'handler', 'head', 'clock'], ofLeadUnit: true },
  askExtension: { from: WITH_UNIT, to: 'extensionAsked', who: UNIT, ofLeadUnit: true },
  grantExtension: {
    from: ['extensionAsked'],
    to: 'before',
    who: ['dispatcher', 'supervisor'],
    ofLeadUnit: false,
  },
  declineExtension: {
    from: ['extensionAsked'],
    to: 'before',
    who: ['dispatcher', 'supervisor'],
    ofLeadUnit: false,
  },
  draft: { from: WITH_UNIT, to: 'drafted', who: UNIT, ofLeadUnit: true },
  submitForReview: { from: ['drafted'], to: 'inReview', who: UNIT, ofLeadUnit: true },
  // The office steps in where a unit's only head wrote the draft: no one approves their own words.
  sendBack: { from: ['inReview'], to: 'drafted', who: ['head', 'dispatcher'], ofLeadUnit: true },
  approve: { from: ['inReview'], to: 'answered', who: ['head', 'dispatcher'], ofLeadUnit: true },
  publish: { from: ['answered', 'closed'], to: 'same', who: OFFICE, ofLeadUnit: false },
  // An answer stays public while its matter is open anew or archived: it can be taken down from everywhere.
  withhold: {
    from: [...OPEN, 'joined', 'answered', 'closed', 'archived'],
    to: 'same',
    who: OFFICE,
    ofLeadUnit: false,
  },
  addNote: { from: [...OPEN, 'joined', 'answered'], to: 'same', who: ['citizen'], ofLeadUnit: false },
  // A joined letter has the answer of its primary: its writer judges it, and may take the matter up again alone.
  rate: { from: ['answered', 'closed', 'joined'], to: 'same', who: ['citizen'], ofLeadUnit: false },
  reopen: {
    from: ['answered', 'closed', 'joined'],
    to: 'reopened',
    who: ['citizen', 'dispatcher'],
    ofLeadUnit: false,
  },
  withdraw: { from: [...OPEN, 'joined'], to: 'closed', who: ['citizen'], ofLeadUnit: false },
  close: { from: ['answered'], to: 'closed', who: ['dispatcher', 'clock'], ofLeadUnit: false },
  archive: {
    from: ['notAccepted', 'closed'],
    to: 'archived',
    who: ['dispatcher', 'clock'],
    ofLeadUnit: false,
  },
};

/** Named sets of states, so that no page or query keeps a list of its own. */
export const OPEN_STATES: readonly MatterState[] = OPEN;
export const OFFICE_STATES: readonly MatterState[] = [
  'received',
  'sorting',
  'asked',
  'returnAsked',
  'reopened',
];
export const UNIT_STATES: readonly MatterState[] = [
  'assigned',
  'signedFor',
  'inHand',
  'paused',
  'extensionAsked',
  'drafted',
  'inReview',
];
/** The reply clock stands still here: the next word is the citizen's. */
export const WAITING_STATES: readonly MatterState[] = ['asked', 'paused'];
export const ANSWERED_STATES: readonly MatterState[] = ['answered', 'closed', 'archived'];
/** The reply ladder is silent here: answered, waiting for the citizen, joined or over. */
export const CLOSED_TO_REPLY_STEPS: readonly MatterState[] = [
  ...WAITING_STATES,
  ...ANSWERED_STATES,
  'joined',
  'notAccepted',
];
