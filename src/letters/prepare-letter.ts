import type { Language } from '../domain/bilingual.ts';
import type { Matter } from '../domain/matters/matter.ts';
import type { MatterStore } from '../matters/matter-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Ids } from '../platform/ids.ts';
import type { AttachmentStore } from './attachment-store.ts';
import type { Draft, DraftStore } from './draft-store.ts';
import type { Secrets } from './secrets.ts';
import type { Receipt, ReceiveLetter, SubmitLetter } from './submit-letter.ts';

export interface PrepareLetterDeps {
  readonly drafts: DraftStore;
  readonly attachments: AttachmentStore;
  readonly matters: Pick<MatterStore, 'bySubmission'>;
  readonly secrets: Secrets;
  readonly ids: Ids;
  readonly clock: Clock;
  readonly submitLetter: ReceiveLetter;
}

export interface OpenDraft {
  readonly key: string;
  readonly draft: Draft;
}

type File = { readonly name: string; readonly type: string; readonly bytes: Buffer };

/**
 * A letter in the making: page by page in a draft, until it is sent. The draft goes when its letter is received; whether a
 * key's letter was sent is then known from the matter, so the same sending may be repeated without end.
 */
export function makePrepareLetter(deps: PrepareLetterDeps) {
  const { drafts, attachments, secrets, clock } = deps;
  const save = async (key: string, draft: Draft): Promise<void> => {
    await drafts.save(secrets.keyHash(key), draft, clock.now());
    await attachments.keep(
      draft.attachments.map(({ id }) => id),
      'draft',
    );
  };
  const sent = (key: string): Promise<Matter | null> => deps.matters.bySubmission(secrets.keyHash(key));

  return {
    async start(language: Language): Promise<OpenDraft> {
      const open = { key: deps.ids.key(), draft: { answers: {}, attachments: [], language, shown: null } };
      await save(open.key, open.draft);
      return open;
    },

    /** Throws an unsent draft away, with its files. */
    async discard({ key, draft }: OpenDraft): Promise<void> {
      for (const { id } of draft.attachments) await attachments.remove(id);
      await drafts.remove(secrets.keyHash(key));
    },

    async find(key: string): Promise<Draft | null> {
      return drafts.find(secrets.keyHash(key));
    },

    async answer({ key, draft }: OpenDraft, answers: Draft['answers']): Promise<OpenDraft> {
      const answered = { ...draft, answers: { ...draft.answers, ...answers } };
      await save(key, answered);
      return { key, draft: answered };
    },

    async noteShown({ key, draft }: OpenDraft, shown: Draft['shown']): Promise<OpenDraft> {
      const noted = { ...draft, shown };
      await save(key, noted);
      return { key, draft: noted };
    },

    async attach({ key, draft }: OpenDraft, files: readonly File[]): Promise<OpenDraft> {
      const refs = files.map((file) => ({ file, id: deps.ids.next() }));
      for (const { file, id } of refs)
        await attachments.put({ id, ...file, size: file.bytes.length }, clock.now(), 'draft');
      const added = refs.map(({ file: { name, type, bytes }, id }) => ({
        id,
        name,
        type,
        size: bytes.length,
      }));
      const longer = { ...draft, attachments: [...draft.attachments, ...added] };
      await save(key, longer);
      return { key, draft: longer };
    },

    async detach({ key, draft }: OpenDraft, id: string): Promise<void> {
      if (!draft.attachments.some((file) => file.id === id)) return;
      await save(key, { ...draft, attachments: draft.attachments.filter((file) => file.id !== id) });
      await attachments.remove(id);
    },

    async send({ key, draft }: OpenDraft, letter: SubmitLetter): Promise<void> {
      await attachments.keep(
        draft.attachments.map(({ id }) => id),
        'letter',
      );
      await deps.submitLetter(letter, key);
      await drafts.remove(secrets.keyHash(key));
    },

    /** Null: the letter of this key was not sent. */
    async receipt(key: string): Promise<Receipt | null> {
      const matter = await sent(key);
      return matter && { matter, code: secrets.codeFor(key) };
    },
  };
}

export type PrepareLetter = ReturnType<typeof makePrepareLetter>;
