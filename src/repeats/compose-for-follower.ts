import { inLanguage } from '../domain/bilingual.ts';
import { publicLetter } from '../domain/publication/public-letter.ts';
import type { DirectoryStore } from '../directory/directory-store.ts';
import type { Say } from '../notices/compose-message.ts';
import type { ComposeForFollower } from '../notices/follower-notice.ts';
import type { makeComposeDigest } from './compose-digest.ts';
import type { FollowKeys } from './follow-keys.ts';
import type { FollowerStore } from './follower-store.ts';

/** A mail to a follower: of the matter it bears what everyone may read, and the way to end the mails. */
export function makeComposeForFollower(deps: {
  followers: Pick<FollowerStore, 'find'>;
  directory: Pick<DirectoryStore, 'town'>;
  keys: FollowKeys;
  say: Say;
  baseUrl: string;
  zone: string;
  composeDigest: ReturnType<typeof makeComposeDigest>;
}): ComposeForFollower {
  const { followers, keys, say, baseUrl, zone } = deps;
  return async (notice, matter) => {
    const { recipient, template } = notice;
    if (template === 'followDigest') return deps.composeDigest(notice);
    const follower = recipient.followerId ? await followers.find(recipient.followerId) : null;
    const letter = publicLetter(matter, zone);
    // Ended, or taken down meanwhile: nothing is said.
    if (!follower || !letter) return null;
    const { mail, language } = follower;
    const town = await deps.directory.town();
    const params = {
      number: letter.number,
      title: letter.title,
      mailbox: town ? inLanguage(language, town.mailbox) : '',
      answer: `${baseUrl}/answers/${letter.number}`,
      follow: `${baseUrl}/follow/${keys.followKey(matter.id, mail)}`,
    };
    return {
      to: mail,
      subject: say(language, `notices:follower.${template}.subject`, params),
      text: say(language, `notices:follower.${template}.mail`, params),
      template,
      params,
      unsubscribeUrl: `${params.follow}/end`,
    };
  };
}
