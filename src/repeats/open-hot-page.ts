import type { Unit } from '../domain/directory/directory.ts';
import type { Matter } from '../domain/matters/matter.ts';
import { mayRead, type Actor } from '../domain/permissions/permissions.ts';
import type { PublicNotice } from '../domain/publication/public-notice.ts';
import type { HotMatter, HotWindow } from '../domain/repeats/hot-matters.ts';
import type { DirectoryStore } from '../directory/directory-store.ts';
import type { MatterStore } from '../matters/matter-store.ts';
import type { PublicNoticeStore } from '../publication/public-notice-store.ts';
import type { FindHotMatters } from './find-hot-matters.ts';

/** A hot matter with its letters, as far as this person may read them. */
export interface ReadHotMatter {
  readonly hot: HotMatter;
  /** Where its set leads, or its oldest letter. */
  readonly lead: Matter;
  /** Received in the window, oldest first. */
  readonly letters: readonly Matter[];
  /** Those that stand. */
  readonly notices: readonly PublicNotice[];
}

export interface HotPage {
  readonly days: HotWindow;
  readonly matters: readonly ReadHotMatter[];
  readonly notices: readonly PublicNotice[];
  readonly units: readonly Unit[];
}

const SHOWN = 20;
/** Of each group, the newest. */
const LETTERS = 100;
const NOTICES = 50;

export function makeOpenHotPage(deps: {
  findHotMatters: FindHotMatters;
  matters: Pick<MatterStore, 'byIds'>;
  publicNotices: Pick<PublicNoticeStore, 'latest'>;
  directory: Pick<DirectoryStore, 'units'>;
}) {
  return async (days: HotWindow, actor: Actor): Promise<HotPage> => {
    const hottest = (await deps.findHotMatters(days, false)).slice(0, SHOWN);
    const [notices, units] = await Promise.all([deps.publicNotices.latest(NOTICES), deps.directory.units()]);
    const matters = await Promise.all(
      hottest.map(async (hot): Promise<ReadHotMatter | null> => {
        const ids = hot.received.slice(-LETTERS).map(({ id }) => id);
        const found = await deps.matters.byIds([...new Set([hot.id, ...ids])]);
        const byId = new Map(
          found.filter((matter) => mayRead(actor, matter)).map((matter) => [matter.id, matter]),
        );
        const lead = byId.get(hot.id);
        return lead
          ? {
              hot,
              lead,
              letters: ids.flatMap((id) => byId.get(id) ?? []),
              notices: notices.filter(({ about }) => hot.ids.has(about.id)),
            }
          : null;
      }),
    );
    return { days, matters: matters.filter((each) => each !== null), notices, units };
  };
}
