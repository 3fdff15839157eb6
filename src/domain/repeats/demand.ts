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
    /\breferendum (?:on|for|to|about|whether)\b|\b(?:hold|give|have|call for)\b.*\breferendum\b|公投/u,
  ],
  [
    'end',
    /反对|抵制|取消|停止|停建|禁止|撤销|叫停|拆除|\b(?:(?:stop|ban|abolish|scrap|repeal|remove|end|reject|oppose|cancel|halt|outlaw|prohibit)(?:p?ing|n?ing|s|es)?|removing|against|not|don't|get \w+ (?:\w+ )?out of)\b|^no\b/u,
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

/** Before what is wanted of the law. */
const LAW_THAT =
  /\b(?:implement|introduce|make|create|pass|bring in) (?:it )?(?:an? |the )?(?:new )?(?:laws?|legislation)\b(?: that| to)?(?: would)?/u;

/** By the word that comes first; asking the people is asking them about something else. */
export function demandOf(title: string): Demand | null {
  if (STOPPED_END.test(title)) return 'keep';
  const wish = title.replace(LAW_THAT, '');
  let first: Demand | null = null;
  let at = Infinity;
  for (const [demand, words] of WORDS) {
    const index = wish.search(words);
    if (index < 0) continue;
    if (demand === 'askThePeople') return demand;
    if (index >= at) continue;
    first = demand;
    at = index;
  }
  return first;
}

export const areDemandsApart = (a: Demand | null, b: Demand | null): boolean =>
  a !== null && b !== null && a !== b;

export const areDemandsOpposite = (a: Demand | null, b: Demand | null): boolean =>
  a !== null && b !== null && DIRECTION[a] * DIRECTION[b] < 0;
