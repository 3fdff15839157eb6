import type { TimeLimit } from './due-date.ts';
import type { LadderRung } from './ladder.ts';

/** The promises of one mailbox, as data. A later version of a policy leaves running clocks alone. */
export interface ClockPolicy {
  readonly id: string;
  readonly version: number;
  /** When the office closes, `HH:MM` in the town's zone: the hour at which due days end. */
  readonly closesAt: string;
  readonly opensAt: string;
  readonly sort: TimeLimit;
  readonly sign: TimeLimit;
  /** How long a unit may send a matter back as not its own. */
  readonly return: TimeLimit;
  readonly reply: TimeLimit;
  /** All extensions together, in working days. */
  readonly longestExtension: number;
  /** How long a question to the citizen holds the clock; then work goes on with what there is. */
  readonly waitForCitizen: TimeLimit;
  /** Days after the answer in which the citizen may rate or reopen; then the matter closes. */
  readonly closeAfter: TimeLimit;
  readonly ladder: readonly LadderRung[];
}

const workingDays = (amount: number): TimeLimit => ({ amount, unit: 'workingDays' });

/** The letter box's week: the common shape of district mailboxes, with cards as Shenzhen's supervision rules set them. */
export const LETTER_BOX: ClockPolicy = {
  id: 'letter-box',
  version: 1,
  opensAt: '09:00',
  closesAt: '17:30',
  sort: workingDays(1),
  sign: workingDays(1),
  return: workingDays(2),
  reply: workingDays(5),
  longestExtension: 10,
  waitForCitizen: workingDays(5),
  closeAfter: workingDays(20),
  ladder: [
    {
      step: 'sortOverdue',
      clock: 'sort',
      at: { workingDays: 0, hour: 'closes' },
      to: ['dispatcher'],
      channels: ['mail'],
    },
    {
      step: 'signOverdue',
      clock: 'sign',
      at: { workingDays: 0, hour: 'closes' },
      to: ['head'],
      channels: ['sms', 'mail'],
    },
    { step: 'halfTime', clock: 'reply', at: 'halfTime', to: ['handler'], channels: ['mail'] },
    {
      step: 'reminder',
      clock: 'reply',
      at: { workingDays: -1, hour: 'opens' },
      to: ['head'],
      channels: ['sms', 'mail'],
    },
    {
      step: 'yellowCard',
      clock: 'reply',
      at: { workingDays: 0, hour: 'closes' },
      to: ['head'],
      channels: ['sms', 'mail'],
    },
    {
      step: 'urgingNotice',
      clock: 'reply',
      at: { workingDays: 1, hour: 'opens' },
      to: ['head', 'deputyLeader'],
      channels: ['sms', 'mail'],
    },
    {
      step: 'redCard',
      clock: 'reply',
      at: { workingDays: 2, hour: 'closes' },
      to: ['head', 'leader'],
      channels: ['sms', 'mail'],
    },
    {
      step: 'supervisionOrder',
      clock: 'reply',
      at: { workingDays: 2, hour: 'closes' },
      to: ['supervisor'],
      channels: ['sms', 'mail'],
    },
  ],
};
