import assert from 'node:assert/strict';
import type { MessageWish } from '../../src/domain/letters/reach.ts';
import type { Matter, MatterEvent } from '../../src/domain/matters/matter.ts';
import { planNotices } from '../../src/notices/plan-notices.ts';
import { CHINA, aLetter, aMatter, dispatcher, on, wallOf } from '../support/builders.ts';

const AT = '2026-09-24 10:00';

const event = (what: MatterEvent['what'], at = AT): MatterEvent => ({
  seq: 7,
  what,
  at: on(at),
  by: dispatcher,
  from: 'received',
  to: 'received',
});

/** What is planned for the writer: key after the matter, and the hour by the town's clock. */
async function planned(
  what: MatterEvent['what'],
  { matter = aMatter(), later = null, at = AT }: { matter?: Matter; later?: MessageWish | null; at?: string },
): Promise<string[]> {
  const context = {
    ladder: [],
    calendar: CHINA,
    find: async () => [],
    wishes: { of: async () => later },
  };
  const notices = await planNotices(matter, event(what, at), context);
  return notices.map(({ key, dueAt }) => `${key.replace(`${matter.id}/`, '')} ${wallOf(dueAt)}`);
}

describe('what the writer is told', () => {
  const AT_ONCE: readonly [MatterEvent['what'], string][] = [
    ['open', 'received'],
    ['askCitizen', 'asked'],
    ['pause', 'asked'],
    ['refuse', 'refused'],
    ['assign', 'assigned'],
    ['grantExtension', 'extended'],
    ['publish', 'published'],
    ['join', 'joined'],
    ['separate', 'separated'],
  ];
  for (const [what, template] of AT_ONCE)
    it(`${what} › ${template}, at once`, async () =>
      assert.deepEqual(await planned(what, {}), [`7/${template}/citizen/mail ${AT}`]));

  for (const what of ['approve', 'shareAnswer'] as const)
    it(`${what} › the answer at once, the invitation to rate it a day later`, async () =>
      assert.deepEqual(await planned(what, {}), [
        `7/answered/citizen/mail ${AT}`,
        '7/rate/citizen/mail 2026-09-25 10:00',
      ]));

  for (const what of [
    'takeForSorting',
    'signFor',
    'takeInHand',
    'draft',
    'addNote',
    'rate',
    'close',
  ] as const)
    it(`${what} › nothing`, async () => assert.deepEqual(await planned(what, {}), []));

  it('an SMS › waits for the morning, an invitation too', async () => {
    const matter = aMatter({ letter: aLetter({ reachBy: 'sms' }) });
    assert.deepEqual(await planned('approve', { matter, at: '2026-09-24 21:30' }), [
      '7/answered/citizen/sms 2026-09-25 08:00',
      '7/rate/citizen/sms 2026-09-26 08:00',
    ]);
  });
});

describe('by which channel', () => {
  const letter = (reachBy: 'mail' | 'sms' | 'both' | 'none' | null) =>
    aMatter({ letter: aLetter(reachBy === null ? {} : { reachBy }) });
  const rows: readonly [string, Matter, MessageWish | null, 'assign' | 'askCitizen', string[]][] = [
    ['nothing said', letter(null), null, 'assign', ['assigned/citizen/mail']],
    ['mail', letter('mail'), null, 'assign', ['assigned/citizen/mail']],
    ['sms', letter('sms'), null, 'assign', ['assigned/citizen/sms']],
    ['both', letter('both'), null, 'assign', ['assigned/citizen/mail', 'assigned/citizen/sms']],
    ['none', letter('none'), null, 'assign', []],
    ['none, a question', letter('none'), null, 'askCitizen', []],
    ['sms, then none', letter('sms'), { by: 'none', about: 'everything' }, 'assign', []],
    [
      'none, then mail',
      letter('none'),
      { by: 'mail', about: 'everything' },
      'assign',
      ['assigned/citizen/mail'],
    ],
    ['essentials, progress', letter(null), { by: 'mail', about: 'essentials' }, 'assign', []],
    [
      'essentials, a question',
      letter(null),
      { by: 'mail', about: 'essentials' },
      'askCitizen',
      ['asked/citizen/mail'],
    ],
  ];
  for (const [what, matter, later, happened, keys] of rows)
    it(`${what} › ${keys.join(', ') || 'nothing'}`, async () =>
      assert.deepEqual(
        await planned(happened, { matter, later }),
        keys.map((key) => `7/${key} ${AT}`),
      ));

  it('a letter without any address › nothing', async () => {
    const writer = { name: '王', phone: '', mail: '', address: '' };
    assert.deepEqual(await planned('approve', { matter: aMatter({ letter: aLetter({ writer }) }) }), []);
  });

  it('a letter of former years › nothing', async () => {
    const matter = aMatter({ origin: { source: 'old', externalId: '1' } });
    assert.deepEqual(await planned('approve', { matter }), []);
  });
});
