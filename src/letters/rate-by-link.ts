import { parseLetterNumber } from '../domain/letters/letter-number.ts';
import { answerHad, hasRated, mayRate } from '../domain/matters/citizen-acts.ts';
import type { Matter } from '../domain/matters/matter.ts';
import { CITIZEN } from '../domain/permissions/permissions.ts';
import type { MatterStore } from '../matters/matter-store.ts';
import { othersInSet } from '../matters/others-in-set.ts';
import type { MessageKeys } from '../notices/message-keys.ts';
import type { Clock } from '../platform/clock.ts';

/** A day until the invitation goes, then two weeks. */
const GOOD_FOR_MS = 15 * 24 * 60 * 60 * 1000;

/** An answer that the reader of its mail may judge without number and code. */
export interface RatedAnswer {
  readonly matter: Matter;
  readonly unit: string;
  readonly answeredAt: Date;
  readonly state: 'open' | 'rated' | 'over';
}

/** The answer behind a mail's link; null for a wrong number, a wrong key, and an answer that was replaced, all alike. */
export function makeFindRatedAnswer(deps: {
  matters: Pick<MatterStore, 'byId' | 'byNumber' | 'joinedTo'>;
  secrets: Pick<MessageKeys, 'ratingKey' | 'isSameKey'>;
  clock: Clock;
}) {
  return async (typedNumber: string, key: string): Promise<RatedAnswer | null> => {
    const number = parseLetterNumber(typedNumber);
    const matter = number === null ? null : await deps.matters.byNumber(number);
    const had = matter && answerHad(matter);
    if (!had || !deps.secrets.isSameKey(key, deps.secrets.ratingKey(matter.id, had.answeredAt))) return null;
    const { unit, answeredAt } = had;
    const isOver = deps.clock.now().getTime() > answeredAt.getTime() + GOOD_FOR_MS;
    const others = await othersInSet(deps.matters, matter);
    const isOpen = !isOver && mayRate(matter, others, CITIZEN);
    return { matter, unit, answeredAt, state: hasRated(matter, others) ? 'rated' : isOpen ? 'open' : 'over' };
  };
}
