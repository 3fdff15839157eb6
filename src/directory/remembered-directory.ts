import type { DirectoryStore } from './directory-store.ts';

/** Another process's change to the directory is seen after this long. */
const KEPT_MS = 2000;

/**
 * A directory that remembers what it read: units, people and rules stand on every page and behind every action, and
 * change a few times a month. `elapsed` is a clock of milliseconds that only runs forward.
 */
export function rememberedDirectory(store: DirectoryStore, elapsed: () => number): DirectoryStore {
  const forget = new Set<() => void>();
  const remembered = <T>(read: () => Promise<T>): (() => Promise<T>) => {
    let kept: { readonly until: number; readonly value: T } | null = null;
    forget.add(() => {
      kept = null;
    });
    return async () => {
      if (kept && kept.until > elapsed()) return kept.value;
      const value = await read();
      kept = { until: elapsed() + KEPT_MS, value };
      return value;
    };
  };
  const forgetting = async (write: Promise<void>): Promise<void> => {
    await write;
    for (const each of forget) each();
  };
  const town = remembered(() => store.town());
  const units = remembered(() => store.units());
  const people = remembered(() => store.people());
  const rules = remembered(() => store.routingRules());
  return {
    town: () => town(),
    units: () => units(),
    people: () => people(),
    person: async (id) => (await people()).find((person) => person.id === id) ?? null,
    personByUsername: (username) => store.personByUsername(username),
    peopleOf: async (role, unit) =>
      (await people()).filter(
        (person) => person.role === role && (unit === undefined || person.unit === unit),
      ),
    routingRules: () => rules(),
    saveTown: (saved) => forgetting(store.saveTown(saved)),
    saveUnit: (unit) => forgetting(store.saveUnit(unit)),
    savePerson: (person) => forgetting(store.savePerson(person)),
    saveRoutingRules: (saved) => forgetting(store.saveRoutingRules(saved)),
  };
}
