import type { Bilingual } from '../domain/bilingual.ts';
import type { Language } from '../domain/letters/letter.ts';

/** The half of a name or sentence that a reader of this language gets. */
export const inLanguage = (lang: Language, both: Bilingual): string => (lang === 'en' ? both.en : both.zh);
