import type { Matter, MatterEvent } from '../domain/matters/matter.ts';

/** Something worth a mail to those who follow: what happened, when, and by what name it is told once. */
export interface News {
  readonly template: 'reopened' | 'published';
  readonly cause: string;
  readonly at: Date;
  /** Whoever followed later has seen it. */
  readonly newSince: Date;
}

export function newsOf({ what, seq, at }: MatterEvent, { answer }: Matter): News[] {
  if (what === 'reopen') return [{ template: 'reopened', cause: `${seq}/reopened`, at, newSince: at }];
  // Published once more with other words hidden, an answer is no news: each round is told once.
  if (what === 'publish' && answer)
    return [
      { template: 'published', cause: `round-${answer.round}/published`, at, newSince: answer.answeredAt },
    ];
  return [];
}

/** The last news of a matter, of those that `isMeant` picks. An answer is news when it is published first. */
export function lastNews(matter: Matter, isMeant: (news: News) => boolean): News | null {
  const { answer, history } = matter;
  const firstPublished = history.find(
    ({ what, at }) => what === 'publish' && answer && at >= answer.answeredAt,
  );
  const told = history.filter((event) => event.what === 'reopen' || event === firstPublished);
  return told.flatMap((event) => newsOf(event, matter)).findLast(isMeant) ?? null;
}
