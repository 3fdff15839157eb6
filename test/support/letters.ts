import assert from 'node:assert/strict';
import { actorOf } from '../../src/accounts/sign-in.ts';
import type { Matter } from '../../src/domain/matters/matter.ts';
import type { SubmitLetter } from '../../src/letters/submit-letter.ts';
import type { DeskActionName, DeskInput } from '../../src/matters/desk-actions.ts';
import { TEST_PEOPLE, type TestTown } from './test-town.ts';

export const WRITER = {
  name: '李小满',
  phone: '13800001234',
  mail: 'li@mail.example',
  address: '文昌路88号3幢402室',
};

/** No mail: all that is told goes to the phone. */
export const BY_PHONE = {
  wish: 'private',
  writer: { ...WRITER, mail: '', address: '' },
} as const;

export const TO_THE_POINT =
  '李小满您好，文昌路中段路面大坑已于9月25日由养护队修补完毕，夜间照明同时恢复，感谢您的提醒。';

const LETTER: SubmitLetter = {
  kind: 'complaint',
  title: '文昌路路面破损',
  body: '文昌路中段路面有一个大坑，夜里很危险，请派人修补。我的电话13800001234，住文昌路88号3幢402室。',
  place: '文昌路',
  writer: WRITER,
  wish: 'public',
  language: 'zh-CN',
  channel: 'web',
  attachments: [],
};

let forms = 0;

/** A letter that has just come in, about a place of its own: the same letter twice would be joined. */
export async function aLetterIn(town: TestTown, patch: Partial<SubmitLetter> = {}): Promise<Matter> {
  return (await aReceiptIn(town, patch)).matter;
}

/** The same, with the code its writer was given. */
export function aReceiptIn(town: TestTown, patch: Partial<SubmitLetter> = {}) {
  forms += 1;
  const place = `${LETTER.place}${forms}号`;
  return town.services.submitLetter({ ...LETTER, place, ...patch }, `form-${forms}`);
}

export const NOTHING_TYPED: DeskInput = {
  text: '',
  unit: '',
  supporting: [],
  accused: [],
  ground: 'litigation',
  resolution: 'solved',
  days: 0,
  confirmation: '',
};

/** An action done past the pages, to get a matter where a test needs it. */
export async function act(
  town: TestTown,
  username: string,
  id: string,
  action: DeskActionName,
  input: Partial<DeskInput> & { readonly other?: string } = {},
): Promise<Matter> {
  const person = TEST_PEOPLE.find((each) => each.username === username);
  const seen = await town.services.matters.byId(id);
  assert.ok(person && seen);
  const command = { ...NOTHING_TYPED, other: '', ...input, id, action, seenVersion: seen.version };
  return town.services.performDeskAction(command, actorOf(person));
}

/** A letter handed to a unit. */
export async function anAssigned(
  town: TestTown,
  unit: string,
  patch: Partial<SubmitLetter> = {},
  supporting: readonly string[] = [],
): Promise<Matter> {
  const { id } = await aLetterIn(town, patch);
  return act(town, 'dispatcher', id, 'assign', { unit, supporting });
}

/** A matter of the roads bureau in review. */
export async function anInReview(
  town: TestTown,
  patch: Partial<SubmitLetter> = {},
  text = TO_THE_POINT,
): Promise<Matter> {
  const { id, number } = await anAssigned(town, 'roads', patch);
  await act(town, 'roads-handler', id, 'signFor');
  await act(town, 'roads-handler', id, 'draft', { text, resolution: 'solved' });
  const confirmation = number.replaceAll(/\D/g, '').slice(-4);
  return act(town, 'roads-handler', id, 'submitForReview', { confirmation });
}

export async function anAnswered(
  town: TestTown,
  patch: Partial<SubmitLetter> = {},
  text = TO_THE_POINT,
): Promise<Matter> {
  const { id, number } = await anInReview(town, patch, text);
  return act(town, 'roads-head', id, 'approve', { confirmation: number.replaceAll(/\D/g, '').slice(-4) });
}
