import { addNote, rate, reopen, withdraw } from '../domain/matters/citizen-acts.ts';
import type { ActionName } from '../domain/matters/lifecycle.ts';
import type { Matter, Rating } from '../domain/matters/matter.ts';
import { answerQuestion } from '../domain/matters/sorting.ts';
import { resume } from '../domain/matters/unit-work.ts';
import { CITIZEN } from '../domain/permissions/permissions.ts';
import type { Decide } from '../matters/change-matter.ts';

/** What the tracking page may send. */
export interface CitizenInput {
  readonly text: string;
  readonly overall: Rating['overall'];
  readonly solved: Rating['solved'];
}

export type CitizenActionName = Extract<
  ActionName,
  'addNote' | 'answerQuestion' | 'resume' | 'rate' | 'reopen' | 'withdraw'
>;

/** `set`: the other letters that have the same answer. */
type CitizenAction = (input: CitizenInput, set?: readonly Matter[]) => Decide;

/** The citizen's half of the lifecycle table. */
export const CITIZEN_ACTIONS: Readonly<Record<CitizenActionName, CitizenAction>> = {
  addNote:
    ({ text }) =>
    (matter, now) =>
      addNote(matter, text, CITIZEN, now),
  answerQuestion:
    ({ text }) =>
    (matter, now, town) =>
      answerQuestion(matter, text, CITIZEN, now, town),
  resume:
    ({ text }) =>
    (matter, now, town) =>
      resume(matter, text, CITIZEN, now, town),
  rate:
    ({ overall, solved, text }, set) =>
    (matter, now) =>
      rate(matter, { overall, solved, words: text }, CITIZEN, now, set),
  reopen:
    ({ text }) =>
    (matter, now, town) =>
      reopen(matter, text, CITIZEN, now, town),
  withdraw:
    ({ text }) =>
    (matter, now, town) =>
      withdraw(matter, text, CITIZEN, now, town),
};

export const isCitizenAction = (name: string): name is CitizenActionName =>
  Object.hasOwn(CITIZEN_ACTIONS, name);
