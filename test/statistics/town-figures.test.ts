import assert from 'node:assert/strict';
import { makeTownFigures } from '../../src/statistics/town-figures.ts';
import { on } from '../support/builders.ts';

describe('letters saved', () => {
  it('are asked for by the very days of the period', async () => {
    const asked: string[][] = [];
    const getTownFigures = makeTownFigures({
      facts: {
        receivedBetween: () => Promise.resolve([]),
        put: () => Promise.resolve(),
        openNow: () => Promise.resolve([]),
        lastPutAt: () => Promise.resolve(null),
        clear: () => Promise.resolve(),
      },
      savedLetters: {
        between: (from, to) => {
          asked.push([from, to]);
          return Promise.resolve(7);
        },
      },
      clock: { now: () => on('2026-09-24 10:00') },
    });
    assert.equal((await getTownFigures('2026-04-01', '2026-04-30')).lettersSaved, 7);
    assert.deepEqual(asked, [['2026-04-01', '2026-04-30']]);
  });
});
