/**
 * 督办 grounds: those of the petition regulation, art. 40, by which a supervisor orders by hand, and the second return of
 * a letter. Coded, so that they can be counted.
 */
export const HAND_GROUNDS = [
  'wrongAcceptance',
  'wrongHandling',
  'shifting',
  'perfunctory',
  'delay',
  'falsehood',
  'refusal',
  'secondReturn',
] as const;
export type HandGround = (typeof HAND_GROUNDS)[number];

/** The ladder orders on one ground only: the red card. */
export type OrderGround = HandGround | 'redCard';
