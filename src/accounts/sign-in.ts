import { DomainError } from '../domain/domain-error.ts';
import type { Person } from '../domain/directory/directory.ts';
import type { Actor } from '../domain/permissions/permissions.ts';
import type { DirectoryStore } from '../directory/directory-store.ts';
import type { CredentialStore } from './credential-store.ts';

/** Slow, salted hashing of passwords people choose. */
export interface Passwords {
  hash(password: string): Promise<string>;
  matches(password: string, hash: string): Promise<boolean>;
}

/** @throws DomainError WRONG_CODE, the same for an unknown name and a wrong password, after the same work. */
export function makeSignIn(deps: {
  directory: Pick<DirectoryStore, 'personByUsername'>;
  credentials: CredentialStore;
  passwords: Passwords;
}) {
  const nobody = deps.passwords.hash('nobody has this password');
  return async (username: string, password: string): Promise<Person> => {
    const person = await deps.directory.personByUsername(username.trim().toLowerCase());
    const hash = person && (await deps.credentials.hashOf(person.id));
    const isRight = await deps.passwords.matches(password, hash ?? (await nobody));
    if (!person || !hash || !isRight) throw new DomainError('WRONG_CODE');
    return person;
  };
}

export type SignIn = ReturnType<typeof makeSignIn>;

/** A person as the rules see them. */
export const actorOf = (person: Person): Actor => ({
  id: person.id,
  name: person.name.zh,
  role: person.role,
  unit: person.unit,
});

/** Tells one password of a person from the next: the salt, which is new with each of them and no secret. */
export const markOf = (hash: string): string => hash.split('$')[1] ?? '';
