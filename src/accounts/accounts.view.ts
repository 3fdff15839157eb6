import type { Person, Unit } from '../domain/directory/directory.ts';
import type { Language } from '../domain/bilingual.ts';
import { hasRight, type Right } from '../domain/permissions/permissions.ts';

interface StaffLink {
  readonly href: string;
  readonly key: string;
  readonly right: Right | null;
}

/** The staff's navigation, in order; a link without a right is everyone's. */
const LINKS: readonly StaffLink[] = [
  { href: '/desk', key: 'desk', right: 'workAtDesk' },
  { href: '/desk/hot', key: 'hot', right: 'readAllMatters' },
  { href: '/supervision', key: 'supervision', right: 'workAtDesk' },
  { href: '/administration', key: 'admin', right: 'administer' },
  { href: '/board', key: 'dashboard', right: null },
  { href: '/figures', key: 'figures', right: null },
  { href: '/answers', key: 'answers', right: null },
  { href: '/directory', key: 'directory', right: null },
  { href: '/account/password', key: 'account', right: null },
];

/** Where a day's work begins. */
export const homeOf = (person: Pick<Person, 'role'>): string =>
  LINKS.find(({ right }) => right !== null && hasRight(person, right))?.href ?? '/';

/** The head of every page of a person who is signed in. */
export function pageUser(person: Person, units: readonly Unit[], lang: Language) {
  const side = lang === 'en' ? 'en' : 'zh';
  return {
    name: person.name[side],
    unitName: units.find(({ id }) => id === person.unit)?.name[side] ?? person.unit,
    links: LINKS.filter(({ right }) => right === null || hasRight(person, right)).map(({ href, key }) => ({
      href,
      key,
    })),
  };
}
