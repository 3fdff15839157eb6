import type { GetTownTimes } from '../clocks/get-town-times.ts';
import { weeklyDigestOf } from '../domain/clocks/week.ts';
import { dayOf } from '../domain/clocks/zoned-day.ts';
import { oneByOne, type MatterListener } from '../matters/announce.ts';
import { digestToFollower, noticeToFollower } from '../notices/follower-notice.ts';
import type { NoticeStore } from '../notices/notice-store.ts';
import type { FollowerStore } from './follower-store.ts';
import { newsOf } from './news.ts';

/**
 * Puts into the ledger what followers are to hear of: that a matter is handled again, and its new answer. Whoever hears
 * weekly has one row for all that they follow; what it tells is gathered when it is sent.
 */
export function makeTellFollowers(deps: {
  followers: Pick<FollowerStore, 'ofMatter'>;
  notices: Pick<NoticeStore, 'add'>;
  getTownTimes: GetTownTimes;
}): MatterListener {
  return oneByOne(async (matter, events) => {
    const news = events.flatMap((event) => newsOf(event, matter));
    if (news.length === 0) return;
    const { calendar, policyOn } = await deps.getTownTimes();
    const opensAt = (at: Date): string => policyOn(dayOf(at, calendar.zone)).opensAt;
    const followers = await deps.followers.ofMatter(matter.id);
    await deps.notices.add(
      news.flatMap((each) =>
        followers
          .filter(({ since }) => since < each.newSince)
          .map(({ id, pace, digestId }) =>
            pace === 'weekly'
              ? digestToFollower(
                  digestId,
                  matter,
                  weeklyDigestOf(each.at, calendar, opensAt(each.at)),
                  each.at,
                )
              : noticeToFollower(id, matter, each),
          ),
      ),
    );
  });
}
