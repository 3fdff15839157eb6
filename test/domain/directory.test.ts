import assert from 'node:assert/strict';
import type { Person } from '../../src/domain/directory/directory.ts';
import { standInOf } from '../../src/domain/directory/stand-in.ts';

const person = (id: string, absence: Person['absence'] = null): Person => ({
  id,
  username: id,
  name: { zh: id, en: id },
  post: { zh: '', en: '' },
  role: 'head',
  unit: 'roads',
  phone: '',
  mail: '',
  absence,
});
const away = (standIn: string, from = '2026-09-21', to = '2026-09-25') => ({ from, to, standIn });

describe('stand-ins', () => {
  const rows: readonly [string, readonly Person[], string, string][] = [
    ['present', [person('a'), person('b')], '2026-09-21', 'a'],
    ['the first day away', [person('a', away('b')), person('b')], '2026-09-21', 'b'],
    ['the last day away', [person('a', away('b')), person('b')], '2026-09-25', 'b'],
    ['back again', [person('a', away('b')), person('b')], '2026-09-26', 'a'],
    ['not gone yet', [person('a', away('b')), person('b')], '2026-09-20', 'a'],
    [
      'the stand-in is away, too',
      [person('a', away('b')), person('b', away('c')), person('c')],
      '2026-09-22',
      'c',
    ],
    [
      'both stand in for each other and are away',
      [person('a', away('b')), person('b', away('a'))],
      '2026-09-22',
      'a',
    ],
    ['nobody of that name', [person('a', away('gone'))], '2026-09-22', 'a'],
  ];
  for (const [name, people, on, expected] of rows) {
    it(`${name} › ${on} › ${expected}`, () => {
      const [first] = people;
      assert.ok(first);
      assert.equal(standInOf(first, people, on).id, expected);
    });
  }
});
