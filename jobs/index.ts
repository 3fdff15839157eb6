import type { ScheduledJob } from '../src/platform/scheduler.ts';
import type { Sweeps } from './sweeps.ts';

/** All of them: when, and which use case. */
export const makeJobs = (sweeps: Sweeps): readonly ScheduledJob[] => [
  { name: 'advance-clocks', every: '1 minute', run: sweeps.advanceClocks },
  { name: 'announce-leftovers', every: '30 seconds', run: sweeps.announceLeftovers },
  // A job each: a slow gateway holds up nobody but itself.
  { name: 'deliver-mail', every: '10 seconds', run: sweeps.deliverMail },
  { name: 'deliver-sms', every: '10 seconds', run: sweeps.deliverSms },
  { name: 'take-in-mail', every: '1 minute', run: sweeps.takeInMail },
  { name: 'tell-heads', every: '10 minutes', run: sweeps.tellHeads },
  { name: 'check-calendar', every: '1 hour', run: sweeps.checkCalendar },
  { name: 'recount-grams', every: '10 minutes', run: sweeps.recountGrams },
  { name: 'link-letters', every: '10 seconds', run: sweeps.linkLetters },
  // Looks twice an hour, learns once a day: a program that rested at night learns when it is up.
  { name: 'learn-units', every: '30 minutes', run: sweeps.learnUnits },
];
