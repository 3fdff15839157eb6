import type { TownTime } from '../domain/clocks/matter-clock.ts';
import type { Writer } from '../domain/letters/letter.ts';
import type { Language } from '../domain/bilingual.ts';
import { hasRight, type Actor } from '../domain/permissions/permissions.ts';
import { particularsOf, redact, suggestRedactions } from '../domain/publication/redaction.ts';
import type { MatterFile } from './open-matter-file.ts';
import { namesOf } from './worklist.view.ts';

/** For whom a matter's page is drawn. */
export interface MatterReader {
  readonly actor: Actor;
  readonly lang: Language;
  readonly town: TownTime;
}

/** How this reader gets a text and the names in it. */
export interface Wording {
  /** As it stands, or with the writer's particulars blacked out for those without the right to contact data. */
  text(words: string): string;
  unit(id: string): string;
  person(id: string): string | null;
  festival(name: { zh: string; en: string } | null): string | null;
}

export function wordingFor(
  { matter, units, people, others }: MatterFile,
  { actor, lang }: MatterReader,
): Wording {
  const unitNames = namesOf(units, lang);
  const side = lang === 'en' ? 'en' : 'zh';
  return {
    text: wordsFor(actor, matter.letter.writer, ...others),
    unit: (id) => unitNames.get(id) ?? id,
    person: (id) => people.find((person) => person.id === id)?.name[side] ?? null,
    festival: (name) => name && name[side],
  };
}

export type UnitNames = ReadonlyMap<string, string>;

/** A text as this person may read it: without the writers' particulars when contact data is not theirs to see. */
export function wordsFor(actor: Actor, ...writers: readonly Writer[]): (words: string) => string {
  if (hasRight(actor, 'seeContactData')) return (words) => words;
  const known = particularsOf(writers);
  return (words) => redact(words, suggestRedactions(words, known));
}
