import assert from 'node:assert/strict';
import type { Letter, Writer } from '../../../src/domain/letters/letter.ts';
import { isSamePerson, isSentAgain } from '../../../src/domain/letters/same-person.ts';
import { aLetter } from '../../support/builders.ts';

const writer = (patch: Partial<Writer>): Writer => ({
  name: '王',
  phone: '',
  mail: '',
  address: '',
  ...patch,
});

describe('same person › telephone or mail', () => {
  const rows: readonly [string, Partial<Writer>, Partial<Writer>, boolean][] = [
    ['one telephone', { phone: '13800001234' }, { phone: '13800001234' }, true],
    ['written another way', { phone: '+86 138-0000-1234' }, { phone: '１３８００００１２３４' }, true],
    ['one mail address', { mail: 'Wang@Example.com' }, { mail: 'wang@example.com' }, true],
    [
      'one of the two is enough',
      { phone: '13800001234', mail: 'a@b.cn' },
      { phone: '13800001235', mail: 'a@b.cn' },
      true,
    ],
    ['another telephone', { phone: '13800001234' }, { phone: '13800001235' }, false],
    ['no address at all', {}, {}, false],
    ['too short to be a telephone', { phone: '12345' }, { phone: '12345' }, false],
    ['one name is not one person', { name: '王小明' }, { name: '王小明' }, false],
  ];
  for (const [what, one, other, is] of rows)
    it(`${what} › ${is ? 'is' : 'is not'}`, () => assert.equal(isSamePerson(writer(one), writer(other)), is));
});

describe('sent again › the same letter by the same person', () => {
  const first = aLetter();
  const rows: readonly [string, Partial<Letter>, boolean][] = [
    ['as it was', {}, true],
    ['with other spaces and punctuation', { body: first.body.replaceAll('，', ' , ') + '！！' }, true],
    ['at another place', { place: '别处' }, false],
    ['one word more', { body: `${first.body}急` }, false],
    ['as another kind', { kind: 'consult' }, false],
    ['under another name', { writer: { ...first.writer, name: '王小明' } }, false],
    [
      'from another telephone and mail',
      { writer: { ...first.writer, phone: '13900000000', mail: '' } },
      false,
    ],
    ['with a picture', { attachments: [{ id: 'a', name: 'a.jpg', type: 'image/jpeg', size: 1 }] }, false],
  ];
  for (const [what, patch, is] of rows)
    it(`${what} › ${is ? 'is' : 'is not'}`, () => assert.equal(isSentAgain(aLetter(patch), first), is));
});
