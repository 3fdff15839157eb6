import type { Language } from '../domain/bilingual.ts';
import { dayOf } from '../domain/clocks/zoned-day.ts';
import { DomainError } from '../domain/domain-error.ts';
import { publicLetter, type PublicLetter } from '../domain/publication/public-letter.ts';
import type { MatterStore } from '../matters/matter-store.ts';
import { noticeToFollower } from '../notices/follower-notice.ts';
import type { NoticeStore } from '../notices/notice-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { FollowKeys } from './follow-keys.ts';
import type { FollowerStore, Pace } from './follower-store.ts';

/** What the page behind a mail's link shows. */
export interface Following {
  readonly isConfirmed: boolean;
  readonly pace: Pace;
  /** Null while the matter is not public. */
  readonly letter: PublicLetter | null;
}

/**
 * 关注: hearing of a published matter by mail. Whoever asks learns nothing about the address; only a reader of its mails can
 * confirm, and end it again.
 */
export function makeFollowMatter(deps: {
  followers: FollowerStore;
  matters: Pick<MatterStore, 'byId' | 'byNumber'>;
  notices: Pick<NoticeStore, 'add'>;
  keys: FollowKeys;
  clock: Clock;
  zone: string;
}) {
  const { followers, matters, keys, clock, zone } = deps;
  const publicOf = async (matterId: string): Promise<PublicLetter | null> => {
    const matter = await matters.byId(matterId);
    return matter && publicLetter(matter, zone);
  };
  return {
    /** @throws DomainError NOT_FOUND when the matter is not public. */
    async ask(number: string, mail: string, language: Language, pace: Pace = 'atOnce'): Promise<void> {
      const matter = await matters.byNumber(number);
      if (!matter || !publicLetter(matter, zone)) throw new DomainError('NOT_FOUND');
      const now = clock.now();
      const id = keys.followerId(keys.followKey(matter.id, mail));
      const digestId = keys.digestId(keys.digestKey(mail));
      const asked = { id, matterId: matter.id, mail, language, pace, digestId };
      await followers.add({ ...asked, isConfirmed: false, since: now });
      // Asked for ten times a day, by whomever: one mail.
      const cause = `follow/${dayOf(now, zone)}`;
      await deps.notices.add([noticeToFollower(id, matter, { template: 'follow', cause, at: now })]);
    },

    /** Null: nobody follows with this key, or not any more. */
    async find(key: string): Promise<Following | null> {
      const follower = await followers.find(keys.followerId(key));
      if (!follower) return null;
      const { isConfirmed, pace, matterId } = follower;
      return { isConfirmed, pace, letter: await publicOf(matterId) };
    },

    async setPace(key: string, pace: Pace): Promise<void> {
      const follower = await followers.find(keys.followerId(key));
      if (follower) await followers.setPace(follower.id, pace, keys.digestId(keys.digestKey(follower.mail)));
    },

    /** What is followed weekly with this key; what is not public now is left out. */
    async findDigest(key: string): Promise<{ count: number; letters: readonly PublicLetter[] }> {
      const followed = await followers.ofDigest(keys.digestId(key));
      const letters = await Promise.all(followed.map(({ matterId }) => publicOf(matterId)));
      return { count: followed.length, letters: letters.flatMap((letter) => letter ?? []) };
    },

    async endDigest(key: string): Promise<void> {
      await followers.removeDigest(keys.digestId(key));
    },

    async confirm(key: string): Promise<void> {
      await followers.confirm(keys.followerId(key), clock.now());
    },

    async end(key: string): Promise<void> {
      await followers.remove(keys.followerId(key));
    },
  };
}

export type FollowMatter = ReturnType<typeof makeFollowMatter>;
