import type { CredentialStore } from '../accounts/credential-store.ts';
import type { Passwords } from '../accounts/sign-in.ts';
import type { Mailbox, Person, Unit } from '../domain/directory/directory.ts';
import { DomainError } from '../domain/domain-error.ts';
import { ROLES, type Actor, type Role } from '../domain/permissions/permissions.ts';
import type { RoutingRule } from '../domain/routing/suggest-units.ts';
import type { DirectoryStore } from './directory-store.ts';

/** Roles a person can be given; the citizen and the clock are no one's account. */
export type StaffRole = Exclude<Role, 'citizen' | 'clock'>;
export const STAFF_ROLES = ROLES.filter((role): role is StaffRole => role !== 'citizen' && role !== 'clock');

interface Deps {
  readonly directory: DirectoryStore;
  readonly credentials: CredentialStore;
  readonly passwords: Passwords;
}

const wrong = (field: string, rule: string): DomainError =>
  new DomainError('INVALID_INPUT', { fields: [{ field, rule }] });

/** What an administrator may change of the directory, and what must hold afterwards. */
export function makeAdminister({ directory, credentials, passwords }: Deps) {
  const refuseUnknownUnit = async (unit: string, field: string): Promise<void> => {
    if (!(await directory.units()).some(({ id }) => id === unit)) throw wrong(field, 'unit.unknown');
  };
  const refuseWrongStandIn = async ({ id, absence }: Person): Promise<void> => {
    if (!absence) return;
    if (absence.standIn === id) throw wrong('away.standIn', 'standIn.own');
    if (!(await directory.person(absence.standIn))) throw wrong('away.standIn', 'standIn.unknown');
  };
  const setPassword = async (personId: string, password: string): Promise<void> => {
    await credentials.setHash(personId, await passwords.hash(password));
  };
  return {
    /** Adds a mailbox beside the town's first, or renames one. */
    async saveMailbox(mailbox: Mailbox): Promise<void> {
      const town = await directory.town();
      if (!town) throw new DomainError('NOT_FOUND');
      const known = town.mailboxes ?? [];
      const isThere = known.some(({ id }) => id === mailbox.id);
      const mailboxes = isThere
        ? known.map((each) => (each.id === mailbox.id ? mailbox : each))
        : [...known, mailbox];
      await directory.saveTown({ ...town, mailboxes });
    },
    async addUnit(unit: Unit): Promise<void> {
      if ((await directory.units()).some(({ id }) => id === unit.id)) throw wrong('id', 'id.taken');
      await directory.saveUnit(unit);
    },
    async changeUnit(unit: Unit): Promise<void> {
      if (!(await directory.units()).some(({ id }) => id === unit.id)) throw new DomainError('NOT_FOUND');
      await directory.saveUnit(unit);
    },
    async addPerson(person: Person, password: string): Promise<void> {
      await refuseUnknownUnit(person.unit, 'unit');
      await refuseWrongStandIn(person);
      await directory.savePerson(person);
      await setPassword(person.id, password);
    },
    /** Nobody takes the administrator's role from themselves: a town must keep one who can give it back. */
    async changePerson(person: Person, actor: Actor): Promise<void> {
      const before = await directory.person(person.id);
      if (!before) throw new DomainError('NOT_FOUND');
      if (person.id === actor.id && person.role !== before.role) throw wrong('role', 'role.own');
      await refuseUnknownUnit(person.unit, 'unit');
      await refuseWrongStandIn(person);
      await directory.savePerson(person);
    },
    /** Ends the sessions that were opened with the old password, too. */
    async setPassword(personId: string, password: string): Promise<void> {
      if (!(await directory.person(personId))) throw new DomainError('NOT_FOUND');
      await setPassword(personId, password);
    },
    async changeRoutingRules(rules: readonly RoutingRule[]): Promise<void> {
      const known = new Set((await directory.units()).map(({ id }) => id));
      const fields = rules.flatMap(({ unit }, index) =>
        known.has(unit) ? [] : [{ field: `rules.${index}.unit`, rule: 'unit.unknown' }],
      );
      if (fields.length > 0) throw new DomainError('INVALID_INPUT', { fields });
      await directory.saveRoutingRules(rules);
    },
  };
}

export type Administer = ReturnType<typeof makeAdminister>;
