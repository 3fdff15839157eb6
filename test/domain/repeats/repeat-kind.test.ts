import assert from 'node:assert/strict';
import { repeatKind, type RepeatKind } from '../../../src/domain/repeats/repeat-kind.ts';
import { aLetter, aMatter, anAnsweredMatter, on } from '../../support/builders.ts';

const OTHER = { name: '李小满', phone: '13900005678', mail: '', address: '' };
const received = (wall: string) => aMatter({ letter: aLetter({ receivedAt: on(wall) }) });

describe('repeat kind › why a matter came up again', () => {
  const first = aMatter({ id: 'm2' }); // received 23 Sep, due 8 Oct
  const byOther = aMatter({ id: 'm2', letter: aLetter({ writer: OTHER }) });
  const rows: readonly [string, ReturnType<typeof received>, readonly (typeof first)[], RepeatKind][] = [
    ['the same person, while it is in time', received('2026-09-30 09:00'), [first], 'impatience'],
    ['the same person, on the due day before closing', received('2026-10-08 17:30'), [first], 'impatience'],
    ['the same person, a minute later', received('2026-10-08 17:31'), [first], 'reminder'],
    [
      'the same person, after the answer',
      received('2026-09-30 09:00'),
      [anAnsweredMatter({ id: 'm2' })],
      'dissatisfaction',
    ],
    [
      'the same person, before the answer that came since',
      received('2026-09-25 09:00'),
      [anAnsweredMatter({ id: 'm2' })],
      'impatience',
    ],
    ['somebody else', received('2026-09-30 09:00'), [byOther], 'commonConcern'],
    [
      'somebody who wrote one of the joined letters',
      received('2026-09-30 09:00'),
      [byOther, aMatter({ id: 'm3' })],
      'impatience',
    ],
  ];
  for (const [who, matter, set, kind] of rows)
    it(`${who} › ${kind}`, () => assert.equal(repeatKind(matter, set), kind));
});
