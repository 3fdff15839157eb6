import assert from 'node:assert/strict';
import { DomainError } from '../../src/domain/domain-error.ts';

describe('domain error › a refusal a person can be told about', () => {
  it('with a code alone › carries empty fields and params', () => {
    const error = new DomainError('STALE');
    assert.ok(error instanceof Error);
    assert.deepEqual(
      [error.name, error.message, error.code, error.fields, error.params],
      ['DomainError', 'STALE', 'STALE', [], {}],
    );
  });

  it('with what is wrong › carries it', () => {
    const fields = [{ field: 'title', rule: 'string.min', params: { limit: 4 } }];
    const error = new DomainError('INVALID_INPUT', { fields, params: { left: 3 } });
    assert.deepEqual([error.fields, error.params], [fields, { left: 3 }]);
  });
});
