/** What a title wants of the thing it names: more of it or its beginning (1), less or its end (-1), or neither plainly (0). */
export type Stance = -1 | 0 | 1;

const FOR =
  /支持|赞成|同意|恢复|增设|增加|新增|加快|尽快|保留|开通|introduce|keep|save|support|allow|legalise|legalize|bring back|reinstate|re-instate|restore|increase|raise|\bmake\b|create|build|provide|protect|honour/gu;
const AGAINST =
  /反对|抵制|拒绝|取消|停止|禁止|撤销|叫停|不要|减少|\bstop|\bban\b|abolish|scrap|repeal|remove|\bend\b|reject|oppose|cancel|\bno\b|reduce|lower|do not|don't|against/gu;

/** Two refusals make a wish: to stop the scrapping of a thing is to want it. */
export function stanceOf(title: string): Stance {
  const against = (title.match(AGAINST) ?? []).length;
  const wanted = (title.match(FOR) ?? []).length;
  if (against === 0) return wanted > 0 ? 1 : 0;
  return against % 2 === 1 ? -1 : 1;
}
