import type { ScheduledJob } from '../src/platform/scheduler.ts';
import type { Sweeps } from './sweeps.ts';

/** All of them: when, and which use case. */
export const makeJobs = (sweeps: Sweeps): readonly ScheduledJob[] => [
  { name: 'advance-clocks', every: '1 minute', run: sweeps.advanceClocks },
  { name: 'announce-leftovers', every: '30 seconds', run: sweeps.announceLeftovers },
  { name: 'deliver-notices', every: '10 seconds', run: sweeps.deliverNotices },
  { name: 'recount-grams', every: '10 minutes', run: sweeps.recountGrams },
];
