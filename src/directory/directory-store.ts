import type { Person, Town, Unit } from '../domain/directory/directory.ts';
import type { Role } from '../domain/permissions/permissions.ts';
import type { RoutingRule } from '../domain/routing/suggest-units.ts';

/** 机构名录: the town, its units, its people, and the routing table over them. */
export interface DirectoryStore {
  /** Null: the store is empty and there is no town yet. */
  town(): Promise<Town | null>;
  saveTown(town: Town): Promise<void>;
  units(): Promise<Unit[]>;
  saveUnit(unit: Unit): Promise<void>;
  people(): Promise<Person[]>;
  person(id: string): Promise<Person | null>;
  personByUsername(username: string): Promise<Person | null>;
  /** People of a role; of one unit, when given. */
  peopleOf(role: Role, unit?: string): Promise<Person[]>;
  /** @throws DomainError INVALID_INPUT when the user name is another person's. */
  savePerson(person: Person): Promise<void>;
  routingRules(): Promise<RoutingRule[]>;
  saveRoutingRules(rules: readonly RoutingRule[]): Promise<void>;
}
