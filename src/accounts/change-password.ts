import { DomainError } from '../domain/domain-error.ts';
import type { CredentialStore } from './credential-store.ts';
import type { Passwords } from './sign-in.ts';

/** A person changes their own password; the old one proves that it is they. Returns the new hash. */
export function makeChangePassword(deps: { credentials: CredentialStore; passwords: Passwords }) {
  return async (personId: string, current: string, next: string): Promise<string> => {
    const known = await deps.credentials.hashOf(personId);
    if (!known || !(await deps.passwords.matches(current, known))) {
      throw new DomainError('INVALID_INPUT', { fields: [{ field: 'current', rule: 'password.wrong' }] });
    }
    const hash = await deps.passwords.hash(next);
    await deps.credentials.setHash(personId, hash);
    return hash;
  };
}
