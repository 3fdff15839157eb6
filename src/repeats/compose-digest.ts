import { inLanguage } from '../domain/bilingual.ts';
import { weeklyDigestOf } from '../domain/clocks/week.ts';
import { dayOf } from '../domain/clocks/zoned-day.ts';
import { publicLetter } from '../domain/publication/public-letter.ts';
import type { GetTownTimes } from '../clocks/get-town-times.ts';
import type { DirectoryStore } from '../directory/directory-store.ts';
import type { MatterStore } from '../matters/matter-store.ts';
import type { OutgoingMessage } from '../notices/channels/channel.ts';
import type { Say } from '../notices/compose-message.ts';
import { weekOfDigest } from '../notices/follower-notice.ts';
import type { Notice } from '../notices/notice.ts';
import type { FollowKeys } from './follow-keys.ts';
import type { Follower, FollowerStore } from './follower-store.ts';
import { lastNews } from './news.ts';

interface Item {
  readonly follower: Follower;
  readonly template: 'reopened' | 'published';
  readonly params: Readonly<Record<string, string>>;
}

/** 每周汇总: one mail of all that somebody follows and that changed in the week. Null: nothing of it is public any more. */
export function makeComposeDigest(deps: {
  followers: Pick<FollowerStore, 'ofDigest'>;
  matters: Pick<MatterStore, 'byId'>;
  directory: Pick<DirectoryStore, 'town'>;
  keys: FollowKeys;
  say: Say;
  baseUrl: string;
  getTownTimes: GetTownTimes;
}) {
  const { keys, say, baseUrl } = deps;

  const itemOf = async (follower: Follower, week: string): Promise<Item | null> => {
    const { calendar, policyOn } = await deps.getTownTimes();
    const opensAt = (at: Date): string => policyOn(dayOf(at, calendar.zone)).opensAt;
    const matter = await deps.matters.byId(follower.matterId);
    const letter = matter && publicLetter(matter, calendar.zone);
    if (!letter) return null;
    const news = lastNews(
      matter,
      ({ at, newSince }) =>
        follower.since < newSince && weeklyDigestOf(at, calendar, opensAt(at)).week === week,
    );
    const { number, title } = letter;
    return (
      news && {
        follower,
        template: news.template,
        params: { number, title, answer: `${baseUrl}/answers/${number}` },
      }
    );
  };

  return async ({ key, recipient, template }: Notice): Promise<Omit<OutgoingMessage, 'key'> | null> => {
    const followed = await deps.followers.ofDigest(recipient.followerId ?? '');
    const found = await Promise.all(followed.map((each) => itemOf(each, weekOfDigest(key))));
    const items = found.flatMap((item) => item ?? []);
    // The language in which they asked last.
    const latest = items.toSorted((a, b) => b.follower.since.getTime() - a.follower.since.getTime())[0];
    if (!latest) return null;
    const { mail, language } = latest.follower;
    const town = await deps.directory.town();
    const unsubscribe = `${baseUrl}/follow/weekly/${keys.digestKey(mail)}`;
    const params = { mailbox: town ? inLanguage(language, town.mailbox) : '' };
    const said = items.map((item) => say(language, `notices:follower.digest.${item.template}`, item.params));
    const full = { ...params, items: said.join('\n\n'), unsubscribe };
    return {
      to: mail,
      subject: say(language, 'notices:follower.followDigest.subject', params),
      text: say(language, 'notices:follower.followDigest.mail', full),
      template,
      params,
      unsubscribeUrl: unsubscribe,
    };
  };
}
