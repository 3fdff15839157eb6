/** Passwords, apart from the people they belong to: a list of people can never carry one. */
export interface CredentialStore {
  hashOf(personId: string): Promise<string | null>;
  setHash(personId: string, hash: string): Promise<void>;
}
