import { performance } from 'node:perf_hooks';

export interface Timing {
  readonly count: number;
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

/** Runs `work` `count` times, `parallel` at once. */
export async function measure(
  count: number,
  parallel: number,
  work: (index: number) => Promise<unknown>,
): Promise<Timing> {
  const times: number[] = [];
  let next = 0;
  const started = performance.now();
  const worker = async (): Promise<void> => {
    while (next < count) {
      const index = next;
      next += 1;
      const before = performance.now();
      await work(index);
      times.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  const seconds = (performance.now() - started) / 1000;
  times.sort((a, b) => a - b);
  const at = (share: number): number => rounded(times[Math.ceil(times.length * share) - 1] ?? 0);
  return { count, perSecond: rounded(count / seconds), p50: at(0.5), p95: at(0.95), max: at(1) };
}

export const rounded = (value: number): number => Math.round(value * 10) / 10;
