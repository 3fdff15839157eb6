import { parseLetterNumber } from '../letters/letter-number.ts';

/** Phrases by which a letter says that its matter was before the office already. */
const FOLLOW_UP =
  /(?:再次|第[二三四五六七八九]次|多次|屡次|又一次|继续)(?:反映|投诉|举报|请求|询问|咨询|来信|写信|留言|求助|催)|再问|(?:上次|之前|前次|此前)的?(?:答复|回复|投诉|反映|来信|信件)|(?:答复|回复)(?:内容)?(?:不实|敷衍|不属实)|(?:未|没有|仍未)(?:得到)?(?:答复|回复)|wrote before|previous (?:letter|complaint|answer)|again/u;

export const isFollowUp = (text: string): boolean => FOLLOW_UP.test(text);

/** The shape of a number on a receipt; its check digit tells it from telephone numbers. */
const LETTER_NUMBER = /(?<![\d-])\d{4}-\d{6,7}-\d(?![\d-])/g;

export const citedNumbers = (text: string): string[] => [
  ...new Set((text.match(LETTER_NUMBER) ?? []).flatMap((found) => parseLetterNumber(found) ?? [])),
];
