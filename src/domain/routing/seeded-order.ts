/** Mixes an order up, the same way for the same seed: learning is repeatable. Returns a function that mixes once more. */
export function seededShuffle(seed: number): (order: number[]) => void {
  let state = seed >>> 0;
  // Mulberry32: small, and even enough to shuffle with.
  const random = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return (order) => {
    for (let last = order.length - 1; last > 0; last -= 1) {
      const chosen = Math.floor(random() * (last + 1));
      const kept = order[last] ?? 0;
      order[last] = order[chosen] ?? 0;
      order[chosen] = kept;
    }
  };
}
