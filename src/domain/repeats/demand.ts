/** What a title wants done with the thing it names. */
export type Demand = 'begin' | 'keep' | 'raise' | 'end' | 'lower' | 'change' | 'askThePeople';

/** Towards more of the thing, less of it, or neither. */
const DIRECTION: Readonly<Record<Demand, -1 | 0 | 1>> = {
  begin: 1,
  keep: 1,
  raise: 1,
  end: -1,
  lower: -1,
  change: 0,
  askThePeople: 0,
};

const WORDS: readonly (readonly [Demand, RegExp])[] = [
  [
    'askThePeople',
    /^\W*referendum\b|\b(?:an?|another|call|give|have|hold|new|second|want)\b.{0,30}\breferendum\b|公投/u,
  ],
  [
    'end',
    /反对|抵制|取消|停止|停建|禁止|撤销|叫停|拆除|\b(?:stop|ban|abolish|scrap|repeal|remove|end|reject|oppose|cancel|(?<!confidence.*)against|not|don't|halt|outlaw|prohibit|(?:abolish|scrapp|repeal|remov|end|bann|stopp)ing|get \w+ (?:\w+ )?out of)\b|^no\b/u,
  ],
  ['lower', /减少|降低|下调|\b(?:lower|reduce|cut|decrease)\b/u],
  ['raise', /增加|提高|上调|加大|\b(?:increase|raise|extend|double)\b/u],
  ['keep', /保留|保住|\b(?:save|keep|protect|maintain|retain|defend)\b/u],
  ['change', /改道|改名|更名|\b(?:change|amend|replace|reform|review)\b/u],
  [
    'begin',
    /支持|赞成|恢复|增设|新增|开通|新建|\b(?:introduce|introduction|create|bring (?:in|back)|(?:re-?)?instate|implement|make|start|build|provide|grant|give|have|include|adopt|fund|allow|legali[sz]e|restore|hold|call for)\b/u,
  ],
];

/** To stop the scrapping of a thing is to keep it. */
const STOPPED_END =
  /\bnot (?:to )?(?:repeal|scrap|abolish|ban|remove|end|close|cut|cancel|stop)\b|\bagainst (?:the )?(?:ban|scrapping|repeal|closure|abolition)\b|\b(?:stop|prevent|halt|no)\b(?: the| to)?(?: \w+)? (?:scrapping|repeal|abolition|closure|closing|removal|ban(?:ning)?|cuts?|ending)\b|反对(?:取消|停止|禁止|撤销|拆除|停运)|不要(?:取消|停止|撤销|拆除)/u;

/** A law is how, not what. */
const LAW_THAT =
  /\b(?:create|implement|introduce|make|pass)\b (?:it )?(?:an? |the |new )*(?:laws?|legislation)\b(?: (?:that|to|which)\b)?(?: (?:will|would)\b)?/u;
/** What is free has no charge, and what is an offence is banned, unless it is one not to do it. */
const ENDED_BY_LAW =
  /^\W*free (?!speech|trade)|\bmake\b.*\bfree (?:for|of|to)\b|\bmake\b.*\b(?:illegal|an? (?:criminal )?offence|a crime)\b(?!.*\bnot to\b)/u;

/** By the word that comes first; asking the people is asking them about something else. */
export function demandOf(whole: string): Demand | null {
  const title = whole.replace(LAW_THAT, ' ');
  if (ENDED_BY_LAW.test(title)) return 'end';
  if (STOPPED_END.test(title)) return 'keep';
  let first: Demand | null = null;
  let at = Infinity;
  for (const [demand, words] of WORDS) {
    const index = title.search(words);
    if (index < 0) continue;
    if (demand === 'askThePeople') return demand;
    if (index >= at) continue;
    first = demand;
    at = index;
  }
  return first;
}

/** From 0, one demand, to 1; a title that only names a thing wants it. */
export function demandDistance(a: Demand | null, b: Demand | null): number {
  const [one, other] = [a ?? 'begin', b ?? 'begin'];
  if (one === other) return 0;
  return NEAR.some(([near, by]) => (near === one && by === other) || (near === other && by === one))
    ? 0.5
    : 1;
}

/** To raise a limit is to change it; what is to be kept is not there without saying so. */
const NEAR: readonly (readonly [Demand, Demand])[] = [
  ['change', 'raise'],
  ['change', 'lower'],
  ['begin', 'keep'],
];

export const areDemandsOpposite = (a: Demand | null, b: Demand | null): boolean =>
  a !== null && b !== null && DIRECTION[a] * DIRECTION[b] < 0;
