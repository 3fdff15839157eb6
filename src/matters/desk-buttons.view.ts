import { hasDrafted } from '../domain/replies/reply-rounds.ts';
import type { TownTime } from '../domain/clocks/matter-clock.ts';
import type { DomainErrorCode } from '../domain/domain-error.ts';
import { isSecret } from '../domain/letters/letter.ts';
import { confirmationFor } from '../domain/matters/answering.ts';
import type { Matter } from '../domain/matters/matter.ts';
import { canWithhold } from '../domain/matters/publishing.ts';
import { allowedActions } from '../domain/matters/transition.ts';
import { MOST_RETURNS } from '../domain/matters/unit-work.ts';
import type { Actor } from '../domain/permissions/permissions.ts';
import { BLOCKING } from '../domain/replies/reply-guards.ts';
import { DESK_ACTIONS, isDeskAction, type DeskActionName } from './desk-actions.ts';
import type { MatterFile } from './open-matter-file.ts';

/** How a form of the desk looks; one partial each, views/desk/forms/<shape>. */
type Shape =
  | 'press'
  | 'words'
  | 'remark'
  | 'refuse'
  | 'join'
  | 'assign'
  | 'nameAccused'
  | 'askReturn'
  | 'askExtension'
  | 'draft'
  | 'confirm';

/** In the order in which a person would think of them: what moves the matter on stands first. */
const SHAPES: Readonly<Record<DeskActionName, Shape>> = {
  signFor: 'press',
  acceptReturn: 'press',
  declineReturn: 'words',
  grantExtension: 'press',
  declineExtension: 'words',
  assign: 'assign',
  approve: 'confirm',
  sendBack: 'words',
  submitForReview: 'confirm',
  resume: 'remark',
  answerQuestion: 'words',
  publish: 'remark',
  withhold: 'words',
  takeInHand: 'press',
  draft: 'draft',
  takeForSorting: 'press',
  askCitizen: 'words',
  pause: 'words',
  join: 'join',
  separate: 'press',
  holdOut: 'join',
  nameAccused: 'nameAccused',
  takeBack: 'words',
  refuse: 'refuse',
  askReturn: 'askReturn',
  askExtension: 'askExtension',
  reopen: 'words',
  close: 'press',
  archive: 'press',
};

const IN_ORDER = Object.keys(SHAPES).filter(isDeskAction);

/** Actions that cannot be taken back by the next press. */
const WEIGHTY: readonly DeskActionName[] = ['refuse', 'withhold', 'askReturn', 'takeBack'];
/** What is there when it is needed, and never the thing to do next. */
const ASIDE: readonly DeskActionName[] = [
  ...WEIGHTY,
  'reopen',
  'join',
  'holdOut',
  'nameAccused',
  'askExtension',
  'close',
  'archive',
];

/** A form that came back: what was typed into it, and why it was not taken. */
export interface Refused {
  readonly action: DeskActionName;
  readonly typed: Readonly<Record<string, unknown>>;
  readonly code: DomainErrorCode;
}

/** The forms of the page: what the table allows, less what the facts of this matter rule out, which is said instead. */
export function deskButtons(file: MatterFile, actor: Actor, town: TownTime, refused: Refused | null) {
  const allowed: readonly string[] = allowedActions(file.matter, actor).filter((name) =>
    Object.hasOwn(DESK_ACTIONS, name),
  );
  const actions = IN_ORDER.filter((name) => allowed.includes(name) && !isPointless(name, file.matter));
  const main = actions.find((name) => !ASIDE.includes(name) && obstacle(name, file, actor, town) === null);
  return actions.map((name) => ({
    name,
    shape: SHAPES[name],
    address: `/desk/${encodeURIComponent(file.matter.id)}/${name}`,
    isMain: name === main,
    isOpen: refused ? name === refused.action : name === main || name === 'draft',
    isWeighty: WEIGHTY.includes(name),
    obstacle: obstacle(name, file, actor, town),
    typed: typedFor(name, file.matter, refused),
  }));
}

export type DeskButton = ReturnType<typeof deskButtons>[number];

/** What has been done already. */
function isPointless(name: DeskActionName, matter: Matter): boolean {
  const { publication, letter } = matter;
  if (name === 'publish')
    return publication?.isPublished === true || letter.wish === 'private' || isSecret(letter);
  // Two letters are judged side by side, on a page of their own.
  if (name === 'holdOut') return true;
  if (name === 'nameAccused') return !isSecret(letter);
  if (name === 'join') return isSecret(letter);
  if (name === 'reopen') return matter.joinedTo !== null && matter.sharedAnswer === null;
  if (name === 'withhold') return !canWithhold(matter) || letter.wish === 'private' || isSecret(letter);
  return false;
}

/** Why the rules would refuse an allowed action, as the code of the refusal. */
function obstacle(
  name: DeskActionName,
  { matter, guards, now }: MatterFile,
  actor: Actor,
  { policy }: TownTime,
): DomainErrorCode | null {
  const { clock, returns, rounds } = matter;
  if (name === 'askReturn' && (returns >= MOST_RETURNS || (clock.returnable && now > clock.returnable.dueAt)))
    return 'RETURN_NOT_POSSIBLE';
  if (name === 'askExtension' && now > clock.reply.dueAt) return 'EXTENSION_TOO_LATE';
  if (name === 'askExtension' && clock.extendedBy >= policy.longestExtension) return 'EXTENSION_TOO_LONG';
  if (name === 'approve' && hasDrafted(rounds, actor.id)) return 'OWN_DRAFT';
  const isSending = name === 'approve' || name === 'submitForReview';
  if (isSending && guards.some((guard) => BLOCKING.includes(guard))) return 'NOT_AN_ANSWER';
  return null;
}

/** What stands in a form: what was typed, else the latest draft, else nothing. */
function typedFor(name: DeskActionName, matter: Matter, refused: Refused | null) {
  const typed: Readonly<Record<string, unknown>> = refused?.action === name ? refused.typed : {};
  const round = name === 'draft' ? matter.rounds.at(-1) : undefined;
  const text = (key: string, otherwise = ''): string => {
    const value = typed[key];
    return typeof value === 'string' ? value : otherwise;
  };
  const list = (key: string, otherwise: readonly string[]): string[] => {
    const value = refused?.action === name ? typed[key] : otherwise;
    return (Array.isArray(value) ? value : [value]).filter((id): id is string => typeof id === 'string');
  };
  return {
    text: text('text', round?.text),
    unit: text('unit', name === 'assign' ? (matter.lead ?? matter.suggestions[0]?.unit) : ''),
    supporting: list('supporting', matter.supporting),
    accused: list('accused', matter.accused),
    ground: text('ground'),
    resolution: text('resolution', round?.resolution),
    days: text('days'),
    other: text('other'),
    confirmation: text('confirmation'),
  };
}

/** Digits to type when a guard fired; null when none did. */
export const confirmationAsked = ({ matter, guards }: MatterFile): string | null =>
  guards.length === 0 ? null : confirmationFor(matter.number);
