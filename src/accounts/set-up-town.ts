import type { Person, Town, Unit } from '../domain/directory/directory.ts';
import type { RoutingRule } from '../domain/routing/suggest-units.ts';
import type { DirectoryStore } from '../directory/directory-store.ts';
import type { CredentialStore } from './credential-store.ts';
import type { Passwords } from './sign-in.ts';

export interface NewPerson {
  readonly person: Person;
  /** Null: an administrator gives one later; until then nobody can sign in so. */
  readonly password: string | null;
}

/** A town as its first administrator describes it. */
export interface TownPlan {
  readonly town: Town;
  readonly units: readonly Unit[];
  readonly people: readonly NewPerson[];
  readonly rules: readonly RoutingRule[];
}

export type SetUp =
  | { readonly outcome: 'made' }
  | { readonly outcome: 'townExists'; readonly town: Town }
  /** Units or people without a town: something was begun here and not finished. */
  | { readonly outcome: 'notEmpty' };

/** Makes a real town on an empty store. The town's own record comes last: a town that has its name is complete. */
export function makeSetUpTown(deps: {
  directory: DirectoryStore;
  credentials: CredentialStore;
  passwords: Passwords;
}) {
  const { directory, credentials, passwords } = deps;

  const look = async (): Promise<SetUp | null> => {
    const town = await directory.town();
    if (town) return { outcome: 'townExists', town };
    const isBegun = (await directory.units()).length > 0 || (await directory.people()).length > 0;
    return isBegun ? { outcome: 'notEmpty' } : null;
  };

  return {
    /** Why no town can be made here; null when one can. */
    look,
    async make({ town, units, people, rules }: TownPlan): Promise<SetUp> {
      const refused = await look();
      if (refused) return refused;
      for (const unit of units) await directory.saveUnit(unit);
      for (const { person, password } of people) {
        await directory.savePerson(person);
        if (password !== null) await credentials.setHash(person.id, await passwords.hash(password));
      }
      await directory.saveRoutingRules(rules);
      await directory.saveTown(town);
      return { outcome: 'made' };
    },
  };
}

export type SetUpTown = ReturnType<typeof makeSetUpTown>;
