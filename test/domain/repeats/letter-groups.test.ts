import assert from 'node:assert/strict';
import { groupLetters } from '../../../src/domain/repeats/letter-groups.ts';
import { aLinkedLetter as letter, linksTo } from '../../support/linked-letters.ts';

describe('letters in groups', () => {
  const groupsOf = (...letters: Parameters<typeof groupLetters>[0]) =>
    groupLetters(letters)
      .filter((group) => group.letters.length > 1)
      .map((group) => [group.id, group.letters.map(({ id }) => id).join(' ')]);

  const cases: readonly [why: string, letters: Parameters<typeof groupLetters>[0], groups: string[][]][] = [
    ['nothing in common › no group', [letter('a'), letter('b')], []],
    ['a set', [letter('a'), letter('b', { joinedTo: 'a' })], [['a', 'a b']]],
    ['a link', [letter('a'), letter('b', linksTo('a'))], [['a', 'a b']]],
    [
      'a chain of links',
      [letter('a'), letter('b', linksTo('a')), letter('c', linksTo('b'))],
      [['a', 'a b c']],
    ],
    [
      'a set whose primary is too old to be here › still led by it',
      [letter('b', { joinedTo: 'old' }), letter('c', { joinedTo: 'old' })],
      [['old', 'b c']],
    ],
    [
      'a set and a letter like one of it › led by the set, though another is older',
      [letter('a', linksTo('c')), letter('b'), letter('c', { joinedTo: 'b' })],
      [['b', 'a b c']],
    ],
    [
      'two sets with a link › led by the larger',
      [
        letter('a'),
        letter('b', { joinedTo: 'a' }),
        letter('c', linksTo('a')),
        letter('d', { joinedTo: 'c' }),
        letter('e', { joinedTo: 'c' }),
      ],
      [['c', 'a b c d e']],
    ],
    ['held out › apart', [letter('a'), letter('b', { ...linksTo('a'), heldOut: ['a'] })], []],
    [
      'held out of one letter › out of its whole group, by whichever link',
      [letter('a'), letter('b', linksTo('a')), letter('c', { ...linksTo('b'), heldOut: ['a'] })],
      [['a', 'a b']],
    ],
    [
      'between two that are held apart › goes with the surer',
      [
        letter('a', { heldOut: ['b'] }),
        letter('b'),
        letter('c', {
          links: [
            { other: 'a', score: 0.7 },
            { other: 'b', score: 0.9 },
          ],
        }),
      ],
      [['b', 'b c']],
    ],
    [
      'joined by a person › in the set, whatever was held out before of another',
      [letter('a'), letter('b', { joinedTo: 'a', heldOut: ['c'] }), letter('c', linksTo('a'))],
      [['a', 'a b']],
    ],
    [
      'a letter that is over › neither counted nor a bridge',
      [letter('a'), letter('b', { ...linksTo('a'), isOver: true }), letter('c', linksTo('b'))],
      [],
    ],
    [
      'a link to what is not here › nothing',
      [letter('a', linksTo('gone')), letter('b', linksTo('gone'))],
      [],
    ],
  ];
  for (const [why, letters, groups] of cases)
    it(why, () => {
      assert.deepEqual(groupsOf(...letters), groups);
      assert.deepEqual(groupsOf(...letters.toReversed()), groups);
    });
});
