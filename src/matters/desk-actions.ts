import { DomainError } from '../domain/domain-error.ts';
import { draft, submitForReview, approve, sendBack } from '../domain/matters/answering.ts';
import { archive, close } from '../domain/matters/filing-away.ts';
import type { ActionName } from '../domain/matters/lifecycle.ts';
import { holdOut, join, separate } from '../domain/matters/joining.ts';
import type { Matter } from '../domain/matters/matter.ts';
import type { Resolution } from '../domain/matters/resolution.ts';
import { assertFound, publish, redactionsFor, withhold } from '../domain/matters/publishing.ts';
import type { RefusalGround } from '../domain/matters/refusal-grounds.ts';
import { reopen } from '../domain/matters/citizen-acts.ts';
import * as sorting from '../domain/matters/sorting.ts';
import * as unitWork from '../domain/matters/unit-work.ts';
import type { Writer } from '../domain/letters/letter.ts';
import type { Actor } from '../domain/permissions/permissions.ts';
import type { Judgement } from '../domain/repeats/judgement.ts';
import type { ReplyGuard } from '../domain/replies/reply-guards.ts';
import type { Decide } from './change-matter.ts';

/** What a form of the desk may carry; each action reads its own part, and its form check makes sure that it is there. */
export interface DeskInput {
  readonly text: string;
  readonly unit: string;
  readonly supporting: readonly string[];
  readonly accused: readonly string[];
  readonly ground: RefusalGround;
  readonly resolution: Resolution;
  readonly days: number;
  /** The last digits of the number, typed when a reply guard fired. */
  readonly confirmation: string;
}

/** What must be looked up before an action can decide. */
export interface Looked {
  /** The matter named in the form, and what is joined to it. */
  readonly set: readonly [Matter, ...Matter[]] | null;
  /** What is thought of the letter and that matter. */
  readonly evidence: Judgement | null;
  readonly guards: readonly ReplyGuard[];
  readonly officePhones: readonly string[];
  /** The other writers of its set. */
  readonly others: readonly Writer[];
}

type DeskAction = (input: DeskInput, actor: Actor, looked: Looked) => Decide;

/** What staff do not do from a desk: these belong to the citizen, or to the clock. */
export type DeskActionName = Exclude<ActionName, 'addNote' | 'rate' | 'withdraw' | 'follow' | 'shareAnswer'>;

/** The desk's half of the lifecycle table: one row per action, from form to domain. */
export const DESK_ACTIONS: Readonly<Record<DeskActionName, DeskAction>> = {
  takeForSorting: (_, actor) => (matter, now) => sorting.takeForSorting(matter, actor, now),
  askCitizen:
    ({ text }, actor) =>
    (matter, now, town) =>
      sorting.askCitizen(matter, text, actor, now, town),
  answerQuestion:
    ({ text }, actor) =>
    (matter, now, town) =>
      sorting.answerQuestion(matter, text, actor, now, town),
  refuse:
    ({ ground, text }, actor) =>
    (matter, now, town) =>
      sorting.refuse(matter, { ground, text }, actor, now, town),
  join:
    (_, actor, { set, evidence }) =>
    (matter, now) => {
      if (!set) throw new DomainError('NOT_FOUND');
      return join(matter, set, evidence, actor, now);
    },
  separate: (_, actor) => (matter, now) => separate(matter, actor, now),
  holdOut:
    (_, actor, { set, evidence }) =>
    (matter, now) => {
      if (!set) throw new DomainError('NOT_FOUND');
      return holdOut(matter, set[0], evidence, actor, now);
    },
  nameAccused:
    ({ accused }, actor) =>
    (matter, now) =>
      sorting.nameAccused(matter, accused, actor, now),
  takeBack:
    ({ text }, actor) =>
    (matter, now, town) =>
      sorting.takeBack(matter, text, actor, now, town),
  assign:
    ({ unit, supporting, text }, actor) =>
    (matter, now, town) =>
      sorting.assign(matter, { unit, supporting, text }, actor, now, town),
  signFor: (_, actor) => (matter, now) => unitWork.signFor(matter, actor, now),
  askReturn:
    ({ text, unit }, actor) =>
    (matter, now) =>
      unitWork.askReturn(matter, { text, unit }, actor, now),
  acceptReturn: (_, actor) => (matter, now, town) => unitWork.acceptReturn(matter, actor, now, town),
  declineReturn:
    ({ text }, actor) =>
    (matter, now) =>
      unitWork.declineReturn(matter, text, actor, now),
  takeInHand: (_, actor) => (matter, now) => unitWork.takeInHand(matter, actor, now),
  pause:
    ({ text }, actor) =>
    (matter, now, town) =>
      unitWork.pause(matter, text, actor, now, town),
  resume:
    ({ text }, actor) =>
    (matter, now, town) =>
      unitWork.resume(matter, text, actor, now, town),
  askExtension:
    ({ days, text }, actor) =>
    (matter, now, town) =>
      unitWork.askExtension(matter, { days, text }, actor, now, town),
  grantExtension: (_, actor) => (matter, now, town) => unitWork.grantExtension(matter, actor, now, town),
  declineExtension:
    ({ text }, actor) =>
    (matter, now) =>
      unitWork.declineExtension(matter, text, actor, now),
  draft:
    ({ text, resolution }, actor) =>
    (matter, now) =>
      draft(matter, { text, resolution }, actor, now),
  submitForReview:
    ({ confirmation }, actor, { guards }) =>
    (matter, now) =>
      submitForReview(matter, { guards, confirmation }, actor, now),
  sendBack:
    ({ text }, actor) =>
    (matter, now) =>
      sendBack(matter, text, actor, now),
  approve:
    ({ confirmation }, actor, { guards }) =>
    (matter, now, town) =>
      approve(matter, { guards, confirmation }, actor, now, town),
  publish:
    ({ text }, actor, { officePhones, others }) =>
    (matter, now) => {
      const passages = text.split('\n').filter((line) => line.trim() !== '');
      assertFound(matter, passages);
      return publish(matter, redactionsFor(matter, officePhones, passages, others), actor, now);
    },
  withhold:
    ({ text }, actor) =>
    (matter, now) =>
      withhold(matter, text, actor, now),
  reopen:
    ({ text }, actor) =>
    (matter, now, town) =>
      reopen(matter, text, actor, now, town),
  close: (_, actor) => (matter, now) => close(matter, actor, now),
  archive: (_, actor) => (matter, now) => archive(matter, actor, now),
};

export const isDeskAction = (name: string): name is DeskActionName => Object.hasOwn(DESK_ACTIONS, name);
