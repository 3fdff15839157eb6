/** The town's languages: Chinese, and English for those who read it better. */
export type Language = 'zh-CN' | 'en';

/** A name or sentence in both of the town's languages. */
export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

/** The half of a name or sentence that a reader of this language gets. */
export const inLanguage = (lang: Language, both: Bilingual): string => (lang === 'en' ? both.en : both.zh);
