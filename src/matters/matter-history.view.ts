import type { EventActor, Matter } from '../domain/matters/matter.ts';
import type { Notice } from '../notices/notice.ts';
import type { Wording } from './wording.ts';
import type { MatterFile } from './open-matter-file.ts';

/** Everything that happened, latest first. */
export function historyView({ history }: Matter, wording: Wording) {
  return history.toReversed().map((event) => ({
    what: event.what,
    step: event.step ?? null,
    at: event.at,
    by: actorView(event.by, wording),
    unit: event.unit ? wording.unit(event.unit) : null,
    days: event.days ?? null,
    why: event.why ?? null,
    other: event.other ?? null,
    round: event.round ?? null,
    resolution: event.resolution ?? null,
    guards: [...(event.guards ?? [])],
    text: wording.text(event.text ?? ''),
  }));
}

function actorView({ id, name, role, unit }: EventActor, wording: Wording) {
  return {
    role,
    name: role === 'citizen' || role === 'clock' ? null : (wording.person(id) ?? name),
    unit: unit === null ? null : wording.unit(unit),
  };
}

/** Why something was not sent, where there is a word for it. */
const BECAUSE = ['moot', 'no address', 'no gateway', 'unsubscribed'] as const;

/** What was said to whom, latest first: who and how, never the address or the text. */
export function noticesView({ notices, people }: MatterFile, wording: Wording) {
  // Followers are the public: there may be thousands, and the desk has no business with who they are.
  const toWritersAndStaff = notices.filter(({ recipient }) => recipient.role !== 'follower');
  return toWritersAndStaff.toReversed().map((notice) => ({
    template: notice.template,
    to: notice.recipient.role,
    name: people.some(({ id }) => id === notice.recipient.personId)
      ? wording.person(notice.recipient.personId ?? '')
      : null,
    channel: notice.channel,
    state: notice.state,
    because: BECAUSE.find((reason) => notice.state === 'suppressed' && reason === notice.remark) ?? null,
    at: notice.settledAt ?? notice.dueAt,
  }));
}

/** A notice that waits on a desk. */
export const onBoardView = ({ key, matterId, number, template, plannedAt }: Notice) => ({
  key,
  number,
  template,
  at: plannedAt,
  href: matterId === null ? null : `/desk/${encodeURIComponent(matterId)}`,
});
