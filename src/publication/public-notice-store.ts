import type { PublicNotice } from '../domain/publication/public-notice.ts';

/** Where public notices are kept, those that were taken down as well. */
export interface PublicNoticeStore {
  put(notice: PublicNotice): Promise<void>;
  byId(id: string): Promise<PublicNotice | null>;
  /** Those that stand, the newest first. */
  latest(count: number): Promise<PublicNotice[]>;
  /** When one was last put, by whichever process; by the store's own clock. Null: never. */
  lastPutAt(): Promise<Date | null>;
}
