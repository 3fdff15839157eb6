import { DomainError } from '../domain/domain-error.ts';
import { parseLetterNumber } from '../domain/letters/letter-number.ts';
import { parseSecretCode } from '../domain/letters/secret-code.ts';
import type { Matter } from '../domain/matters/matter.ts';
import type { MatterStore } from '../matters/matter-store.ts';
import type { Secrets } from './secrets.ts';

/** Number and code → the writer's own matter. One refusal for both mistakes: numbers are guessable, codes are not. */
export function makeTrackLetter({ matters, secrets }: { matters: MatterStore; secrets: Secrets }) {
  return async (typedNumber: string, typedCode: string): Promise<Matter> => {
    const number = parseLetterNumber(typedNumber);
    const code = parseSecretCode(typedCode);
    const matter =
      number && code ? await matters.byNumberAndCode(number, secrets.codeHash(number, code)) : null;
    if (!matter) throw new DomainError('WRONG_CODE');
    return matter;
  };
}

export type TrackLetter = ReturnType<typeof makeTrackLetter>;
