import type { Matter, MatterEvent } from '../domain/matters/matter.ts';
import { oneByOne, type MatterListener } from '../matters/announce.ts';
import { noticeToFollower } from '../notices/follower-notice.ts';
import type { NoticeTemplate } from '../notices/notice.ts';
import type { NoticeStore } from '../notices/notice-store.ts';
import type { FollowerStore } from './follower-store.ts';

/** Something worth a mail: what happened, when, and by what name it is told once. */
interface News {
  readonly template: NoticeTemplate;
  readonly cause: string;
  readonly at: Date;
  /** Whoever followed later has seen it. */
  readonly newSince: Date;
}

/** Puts into the ledger what followers are to hear of: that a matter is handled again, and its new answer. */
export function makeTellFollowers(deps: {
  followers: Pick<FollowerStore, 'ofMatter'>;
  notices: Pick<NoticeStore, 'add'>;
}): MatterListener {
  return oneByOne(async (matter, events) => {
    const news = events.flatMap((event) => newsOf(event, matter));
    if (news.length === 0) return;
    const followers = await deps.followers.ofMatter(matter.id);
    await deps.notices.add(
      news.flatMap((each) =>
        followers
          .filter(({ since }) => since < each.newSince)
          .map(({ id }) => noticeToFollower(id, matter, each)),
      ),
    );
  });
}

function newsOf({ what, seq, at }: MatterEvent, { answer }: Matter): News[] {
  if (what === 'reopen') return [{ template: 'reopened', cause: `${seq}/reopened`, at, newSince: at }];
  // Published once more with other words hidden, an answer is no news: each round is told once.
  if (what === 'publish' && answer)
    return [
      { template: 'published', cause: `round-${answer.round}/published`, at, newSince: answer.answeredAt },
    ];
  return [];
}
