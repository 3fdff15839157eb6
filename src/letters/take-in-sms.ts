import type { Language } from '../domain/bilingual.ts';
import { DomainError } from '../domain/domain-error.ts';
import { LETTER_LIMITS } from '../domain/letters/letter.ts';
import type { Matter } from '../domain/matters/matter.ts';
import { allowedActions } from '../domain/matters/transition.ts';
import { CITIZEN } from '../domain/permissions/permissions.ts';
import type { ChangeMatter } from '../matters/change-matter.ts';
import type { MatterStore } from '../matters/matter-store.ts';
import type { IncomingSms, MessageChannel } from '../notices/channels/channel.ts';
import type { Say } from '../notices/compose-message.ts';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import { makeActAsWriter } from './act-as-writer.ts';
import { isCitizenAction, type CitizenActionName } from './citizen-actions.ts';
import { readSmsNote } from './sms-note.ts';
import type { TrackLetter } from './track-letter.ts';

/** A telephone may be wrong so often, and is answered so often, within a quarter of an hour. */
const MOST_TRIES = 5;
const WITHIN_MS = 15 * 60_000;
/** The same words again within a day are the same message, sent or delivered twice. */
const DAY_MS = 86_400_000;

/** The first of these that the lifecycle allows: an open question is answered, otherwise it is a note. */
const BY_SMS: readonly CitizenActionName[] = ['answerQuestion', 'resume', 'addNote'];

type Refusal = 'notRead' | 'wrongCode' | 'empty' | 'tooLong' | 'closed' | 'taken';

/** A writer's SMS becomes a note on the letter; whoever sends one is told what became of it. */
export function makeTakeInSms(deps: {
  trackLetter: TrackLetter;
  matters: Pick<MatterStore, 'byId' | 'joinedTo'>;
  changeMatter: ChangeMatter;
  sms: MessageChannel;
  say: Say;
  clock: Clock;
  log: Log;
}) {
  const actAsWriter = makeActAsWriter(deps);
  const tries = new Map<string, { since: number; count: number }>();

  return async (message: IncomingSms): Promise<void> => {
    const now = deps.clock.now().getTime();
    if (isTooOften(message.from, now)) return;
    const became = await take(message, now);
    if (became === null) return;
    const language: Language = /\p{Script=Han}/u.test(message.text) ? 'zh-CN' : 'en';
    await answer(message, became, language);
  };

  /** What the sender is told; null when it was taken before. */
  async function take({ text }: IncomingSms, now: number): Promise<Refusal | null> {
    const note = readSmsNote(text);
    if (!note) return 'notRead';
    const matter = await deps.trackLetter(note.number, note.code).catch((error: unknown) => {
      if (error instanceof DomainError && error.code === 'WRONG_CODE') return null;
      throw error;
    });
    if (!matter) return 'wrongCode';
    if (note.text === '') return 'empty';
    if (note.text.length > LETTER_LIMITS.note.max) return 'tooLong';
    if (wasTaken(matter, note.text, now)) return null;
    const allowed = allowedActions(matter, CITIZEN).filter(isCitizenAction);
    const action = BY_SMS.find((each) => allowed.includes(each));
    if (!action) return 'closed';
    await actAsWriter(matter, action, { text: note.text, overall: 3, solved: 'no' });
    return 'taken';
  }

  async function answer({ from, id }: IncomingSms, became: Refusal, language: Language): Promise<void> {
    const text = deps.say(language, `notices:sms.${became}`, {});
    const reply = { to: from, subject: '', text, template: `sms-${became}`, params: {}, key: `reply/${id}` };
    // The note is there, whether or not its sender hears of it.
    await deps.sms.send(reply).catch((error: unknown) => {
      deps.log.warn({ reason: error instanceof Error ? error.name : 'failed' }, 'sms.not-answered');
    });
  }

  function isTooOften(from: string, now: number): boolean {
    for (const [phone, { since }] of tries) if (now - since > WITHIN_MS) tries.delete(phone);
    const known = tries.get(from) ?? { since: now, count: 0 };
    tries.set(from, { ...known, count: known.count + 1 });
    return known.count >= MOST_TRIES;
  }
}

const wasTaken = ({ history }: Matter, text: string, now: number): boolean =>
  history.some(
    (event) => event.by.role === 'citizen' && event.text === text && now - event.at.getTime() < DAY_MS,
  );

export type TakeInSms = ReturnType<typeof makeTakeInSms>;
