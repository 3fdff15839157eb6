/** What is asked, of a title that tells first what for: "to save the harbour, close the road". */
const PURPOSE_FIRST =
  /^\W*to [^,]{5,40}, (?=\w)|^.{5,40}? by (?=(?:abolish|bann|buil?d|clos|end|introduc|mak|open|remov|repeal|scrapp|stopp)ing\b)/u;
/** Why, what else and like whom. */
const AFTERTHOUGHT =
  /\([^)]*\)|[:;].*$|\b(?:because|so that|in order to|the same as|same as|just like|due to)\b.*$/gu;
/** A title that has said what to do ends with what for. */
const PURPOSE_LAST =
  /(?<=^\W*(?:abolish|ban|build|cut|end|increase|introduce|keep|lower|make|reduce|remove|repeal|scrap|stop)\b.{12,}) to (?:allow|avoid|encourage|ensure|future|help|improve|increase|make|prevent|protect|reduce|regain|restore|save|stop|support)\b.*$/u;

/** A folded English title without what is not asked for. */
export const withoutAsides = (title: string): string =>
  title.replace(PURPOSE_FIRST, '').replace(AFTERTHOUGHT, ' ').replace(PURPOSE_LAST, '');
