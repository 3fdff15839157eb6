import type { Labelled } from './labelled.ts';

export interface Split {
  readonly judged: Labelled;
  readonly learnt: Labelled;
}

/**
 * Shares objects out to folds by a seed. A pair is judged with its first letter's object, and learnt from only where
 * neither letter's object is judged.
 */
export function splitByObject({ pairs, queries }: Labelled, folds: number, seed: number): Split[] {
  const objects = new Set([...pairs.flatMap((pair) => pair.objects), ...queries.map(({ object }) => object)]);
  const foldOf = new Map(shuffled([...objects].sort(), seed).map((object, i) => [object, i % folds]));
  return Array.from({ length: folds }, (_, fold) => {
    const isJudged = (object: string): boolean => foldOf.get(object) === fold;
    return {
      judged: {
        pairs: pairs.filter(({ objects: [object] }) => isJudged(object)),
        queries: queries.filter(({ object }) => isJudged(object)),
      },
      learnt: {
        pairs: pairs.filter((pair) => !pair.objects.some(isJudged)),
        queries: queries.filter(({ object }) => !isJudged(object)),
      },
    };
  });
}

/** Fisher and Yates with a linear congruential generator (Numerical Recipes): the same order for the same seed. */
function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
  const order = [...items];
  let state = (seed * 2654435761) >>> 0;
  for (let i = order.length - 1; i > 0; i -= 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const j = Math.floor((state / 2 ** 32) * (i + 1));
    const item = order[i];
    const other = order[j];
    if (item === undefined || other === undefined) continue;
    order[i] = other;
    order[j] = item;
  }
  return order;
}
