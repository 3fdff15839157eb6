import { inPlainEnglish } from './english-words.ts';

/** Whom a demand is for: a group of people or animals that narrows it, or is what it is all about. */
const GROUPS =
  /\b(?:disabled|asylum|refugee|animal|child|veteran|student|pensioner|elderly|women|girl|boy|teacher|nurse|doctor|soldier|prisoner|politician|mps|peer|paedophile|rapist|murderer|terrorist|cyclist|driver|motorist|immigrant|migrant|landlord|tenant|homeless|police|pet|dog|cat|horse|carer|parent|mother|father|bab(?:y|ies)|worker|farmer|foreigner|young|teenager|wales|welsh|scotland|scottish|northern ireland|london)(?:s|ren|ies)?\b/gu;

/** Without the endings that make many of one; a paedophile and a child sex offender are one. */
export const concernedIn = (title: string): ReadonlySet<string> =>
  new Set(
    (inPlainEnglish(title).match(GROUPS) ?? []).map((word) => word.replace(/(?:'s|ren|ies|y|s)$/u, '')),
  );

export const areOthersConcerned = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  [...a].some((one) => !b.has(one)) || [...b].some((one) => !a.has(one));
