import type { DirectoryStore } from '../directory/directory-store.ts';
import type { Language } from '../domain/bilingual.ts';
import { DomainError } from '../domain/domain-error.ts';
import { isSecret } from '../domain/letters/letter.ts';
import type { Matter } from '../domain/matters/matter.ts';
import { hasRight, mayRead, type Actor } from '../domain/permissions/permissions.ts';
import {
  redactedNotice,
  takeDown,
  type NoticeWords,
  type PublicNotice,
} from '../domain/publication/public-notice.ts';
import type { MatterStore } from '../matters/matter-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Ids } from '../platform/ids.ts';
import type { PublicNoticeStore } from './public-notice-store.ts';

interface Deps {
  readonly publicNotices: PublicNoticeStore;
  readonly matters: Pick<MatterStore, 'byId' | 'joinedTo'>;
  readonly directory: Pick<DirectoryStore, 'units'>;
  readonly clock: Clock;
  readonly ids: Ids;
}

export interface NewNotice extends NoticeWords {
  readonly id: string;
  /** Id of a letter's matter. */
  readonly about: string;
  readonly language: Language;
}

/** Public notices, from the office's side. All of it throws FORBIDDEN for who may not, NOT_FOUND for what they may not know of. */
export function makePublishNotice({ publicNotices, matters, directory, clock, ids }: Deps) {
  /** The matter that a notice would be about: where the set of the letter leads. */
  async function aboutOf(id: string, actor: Actor): Promise<Matter> {
    if (!hasRight(actor, 'publishNotices')) throw new DomainError('FORBIDDEN');
    const letter = await matters.byId(id);
    const matter = letter?.joinedTo ? await matters.byId(letter.joinedTo) : letter;
    // Nothing is ever said in public of a report.
    if (!matter || !mayRead(actor, matter) || isSecret(matter.letter)) throw new DomainError('NOT_FOUND');
    return matter;
  }

  async function preview(matter: Matter, words: NoticeWords): Promise<NoticeWords> {
    const set = [matter, ...(await matters.joinedTo(matter.id))];
    const units = await directory.units();
    return redactedNotice(
      words,
      set.map(({ letter }) => letter.writer),
      units.map(({ phone }) => phone),
    );
  }

  return {
    aboutOf,
    preview,

    newId: () => ids.next(),

    /** `id` came with the form: sent twice, it is one notice. */
    async publish({ id, about, language, ...words }: NewNotice, actor: Actor): Promise<PublicNotice> {
      const matter = await aboutOf(about, actor);
      const earlier = await publicNotices.byId(id);
      if (earlier) return earlier;
      const notice: PublicNotice = {
        id,
        ...(await preview(matter, words)),
        language,
        about: { id: matter.id, number: matter.number },
        publishedAt: clock.now(),
        publishedBy: actor.id,
        takenDown: null,
      };
      await publicNotices.put(notice);
      return notice;
    },

    async takeDown(id: string, reason: string, actor: Actor): Promise<void> {
      if (!hasRight(actor, 'publishNotices')) throw new DomainError('FORBIDDEN');
      const notice = await publicNotices.byId(id);
      if (!notice) throw new DomainError('NOT_FOUND');
      await publicNotices.put(takeDown(notice, actor.id, reason, clock.now()));
    },
  };
}

export type PublishNotice = ReturnType<typeof makePublishNotice>;
