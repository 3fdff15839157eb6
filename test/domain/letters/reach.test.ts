import assert from 'node:assert/strict';
import type { ReachBy, Writer } from '../../../src/domain/letters/letter.ts';
import {
  channelsOf,
  reachObstacle,
  wishOf,
  type MessageWish,
  type ReachObstacle,
} from '../../../src/domain/letters/reach.ts';

const PHONE = '13800001234';
const MAIL = 'wang@mail.example';
const writer = (patch: Partial<Writer>): Writer => ({
  name: '王',
  phone: '',
  mail: '',
  address: '',
  ...patch,
});

describe('how a writer wishes to hear', () => {
  const rows: readonly [
    string,
    Partial<Writer>,
    ReachBy | undefined,
    MessageWish | null,
    MessageWish['by'],
  ][] = [
    ['nothing said, a mail address', { mail: MAIL, phone: PHONE }, undefined, null, 'mail'],
    ['nothing said, a telephone only', { phone: PHONE }, undefined, null, 'sms'],
    ['nothing said, no address', {}, undefined, null, 'none'],
    ['said in the letter', { mail: MAIL, phone: PHONE }, 'both', null, 'both'],
    ['said in the letter: nothing at all', { mail: MAIL }, 'none', null, 'none'],
    ['said since', { mail: MAIL, phone: PHONE }, 'both', { by: 'sms', about: 'everything' }, 'sms'],
  ];
  for (const [what, patch, reachBy, later, by] of rows)
    it(`${what} › ${by}`, () => {
      const wish = wishOf({ writer: writer(patch), ...(reachBy && { reachBy }) }, later);
      assert.deepEqual(wish, { by, about: 'everything' });
    });

  it('what was said since › is the whole wish', () => {
    const later: MessageWish = { by: 'mail', about: 'essentials' };
    assert.equal(wishOf({ writer: writer({ mail: MAIL }), reachBy: 'sms' }, later), later);
  });

  for (const [by, channels] of [
    ['mail', ['mail']],
    ['sms', ['sms']],
    ['both', ['mail', 'sms']],
    ['none', []],
  ] as const)
    it(`${by} › ${channels.join(' and ') || 'no channel'}`, () =>
      assert.deepEqual(channelsOf(by), [...channels]));
});

describe('what a way of hearing lacks', () => {
  const rows: readonly [ReachBy, Partial<Writer>, ReachObstacle | null][] = [
    ['none', {}, null],
    ['mail', { mail: MAIL }, null],
    ['mail', { phone: PHONE }, 'mail'],
    ['sms', { phone: PHONE }, null],
    ['sms', { mail: MAIL }, 'phone'],
    ['both', { phone: PHONE, mail: MAIL }, null],
    ['both', { phone: PHONE }, 'mail'],
    ['both', { mail: MAIL }, 'phone'],
    ['sms', { phone: '138 0000-1234' }, null],
    ['sms', { phone: '+86 13800001234' }, null],
    ['sms', { phone: '+44 20 7946 0000' }, null],
    ['sms', { phone: '0044 7700 900000' }, null],
    ['sms', { phone: '0574-12345678' }, 'landline'],
    ['sms', { phone: '(0574) 12345678' }, 'landline'],
    ['sms', { phone: '87654321' }, 'landline'],
    ['both', { phone: '010 12345678', mail: MAIL }, 'landline'],
  ];
  for (const [by, patch, missing] of rows)
    it(`${by}, with ${JSON.stringify(patch)} › ${missing ?? 'nothing'}`, () =>
      assert.equal(reachObstacle(by, writer(patch)), missing));
});
