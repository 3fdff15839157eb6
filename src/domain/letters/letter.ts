import type { Language } from '../bilingual.ts';

/** 咨询, 投诉, 建议, 求助, 举报, 表扬 */
export const LETTER_KINDS = ['consult', 'complaint', 'suggestion', 'help', 'report', 'praise'] as const;
export type LetterKind = (typeof LETTER_KINDS)[number];

export const CHANNELS = ['web', 'phone', 'counter', 'mail', 'import'] as const;
export type LetterChannel = (typeof CHANNELS)[number];

/** The citizen's side of publication; the office decides for itself, and both must agree. */
export const WISHES = ['public', 'anonymous', 'private'] as const;
export type PublicationWish = (typeof WISHES)[number];

/** How a writer wishes to hear of the letter. */
export const WAYS = ['mail', 'sms', 'both', 'none'] as const;
export type ReachBy = (typeof WAYS)[number];

export interface Writer {
  readonly name: string;
  readonly phone: string;
  readonly mail: string;
  readonly address: string;
}

/** What is known of an uploaded file; its bytes are kept apart. */
export interface AttachmentRef {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** Bytes. */
  readonly size: number;
}

/** Published answers that the writer was offered before writing on, most alike first, and what they said of them. */
export interface ShownAnswers {
  readonly numbers: readonly string[];
  /** `afterAll`: said at first that one of them answered the matter, then wrote. Null: nothing was said. */
  readonly choice: 'different' | 'followed' | 'answered' | 'afterAll' | null;
  /** The answer that was followed, or that answered the matter. */
  readonly chosen: string | null;
}

/** 信件: what one person wrote once. Never altered after receipt. */
export interface Letter {
  readonly kind: LetterKind;
  readonly title: string;
  readonly body: string;
  readonly place: string;
  readonly writer: Writer;
  readonly wish: PublicationWish;
  readonly language: Language;
  readonly channel: LetterChannel;
  readonly attachments: readonly AttachmentRef[];
  readonly receivedAt: Date;
  /** Id of the mailbox it was put into; absent: the first one of the town. */
  readonly mailbox?: string;
  /** Absent when the writer left it to us: see `wishOf`. */
  readonly reachBy?: ReachBy;
  /** Absent when nothing like it was public. */
  readonly shown?: ShownAnswers;
}

/** Characters; a Chinese character counts as one. The page, the form check and the import share these. */
export const LETTER_LIMITS = {
  title: { min: 4, max: 80 },
  body: { min: 10, max: 3000 },
  place: { max: 100 },
  name: { max: 50 },
  address: { max: 200 },
  attachments: { count: 5, bytes: 5 * 1024 * 1024 },
  note: { max: 2000 },
} as const;

/** 举报 letters have readers of their own and are never published, joined to public matters or shown to the unit accused. */
export const isSecret = (letter: Pick<Letter, 'kind'>): boolean => letter.kind === 'report';
