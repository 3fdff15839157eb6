import assert from 'node:assert/strict';
import { isSecret, LETTER_KINDS } from '../../../src/domain/letters/letter.ts';

describe('letter › secrecy', () => {
  it('of the six kinds › only a report about officials is secret', () => {
    assert.deepEqual(
      LETTER_KINDS.map((kind) => `${kind} ${isSecret({ kind })}`),
      ['consult false', 'complaint false', 'suggestion false', 'help false', 'report true', 'praise false'],
    );
  });
});
