/** 不予受理: the grounds on which a letter is not accepted. Coded, so that they can be counted and explained. */
export const REFUSAL_GROUNDS = [
  'litigation',
  'in-progress',
  'concluded',
  'other-organ',
  'no-contact',
  'private-dispute',
  'outside-area',
  'abusive',
  'secret',
  'answered',
  'emergency',
] as const;
export type RefusalGround = (typeof REFUSAL_GROUNDS)[number];
