import assert from 'node:assert/strict';
import type { MessageWish } from '../../src/domain/letters/reach.ts';
import { rate, reopen, withdraw } from '../../src/domain/matters/citizen-acts.ts';
import { approve } from '../../src/domain/matters/answering.ts';
import type { Matter } from '../../src/domain/matters/matter.ts';
import type { NoticeTemplate } from '../../src/notices/notice.ts';
import { whyUnwanted } from '../../src/notices/still-wanted.ts';
import {
  aDraftedMatter,
  aLetter,
  aMatter,
  ANSWER_TEXT,
  anAnsweredMatter,
  citizen,
  head,
  on,
  townTime,
} from '../support/builders.ts';

const ANSWERED_AT = on('2026-09-29 10:00');

const notice = (template: NoticeTemplate, channel: 'mail' | 'sms' = 'mail', plannedAt = ANSWERED_AT) => ({
  template,
  recipient: { role: 'citizen', personId: null } as const,
  channel,
  plannedAt,
});

const inReview = (): Matter =>
  aDraftedMatter({
    state: 'inReview',
    rounds: aDraftedMatter().rounds.map((round) => ({ ...round, submittedAt: on('2026-09-28 15:00') })),
  });
const answered = (): Matter =>
  approve(inReview(), { guards: [], confirmation: '' }, head, ANSWERED_AT, townTime()).matter;
const rating = { overall: 4, solved: 'yes', words: '' } as const;
const later = on('2026-09-30 09:00');

describe('whether an invitation to rate is still wanted', () => {
  const rows: readonly [string, () => Matter, readonly Matter[], string | null][] = [
    ['answered', answered, [], null],
    ['rated', () => rate(answered(), rating, citizen, later).matter, [], 'moot'],
    ['opened anew', () => reopen(answered(), '没修好', citizen, later, townTime()).matter, [], 'moot'],
    [
      'opened anew, then withdrawn',
      () =>
        withdraw(
          reopen(answered(), '没修好', citizen, later, townTime()).matter,
          '',
          citizen,
          later,
          townTime(),
        ).matter,
      [],
      'moot',
    ],
    ['closed unrated', () => ({ ...answered(), state: 'closed' }), [], null],
    ['archived', () => ({ ...answered(), state: 'archived' }), [], 'moot'],
    [
      'rated by the same person with another letter of the set',
      answered,
      [anAnsweredMatter({ id: 'm2', rating: { ...rating, at: later } })],
      'moot',
    ],
    [
      'rated by somebody else of the set',
      answered,
      [
        anAnsweredMatter({
          id: 'm2',
          letter: aLetter({ writer: { name: '李', phone: '13800009999', mail: '', address: '' } }),
          rating: { ...rating, at: later },
        }),
      ],
      null,
    ],
  ];
  for (const [what, matter, others, why] of rows)
    it(`${what} › ${why ?? 'it is'}`, () =>
      assert.equal(whyUnwanted(notice('rate'), matter(), others, null), why));

  it('answered once more within the day › only the newer answer is asked about', () => {
    const again = { ...answered(), history: [...answered().history] };
    const first = again.history.at(-1);
    assert.ok(first);
    again.history.push({ ...first, seq: first.seq + 1, at: later });
    assert.equal(whyUnwanted(notice('rate'), again, [], null), 'moot');
    assert.equal(whyUnwanted(notice('rate', 'mail', later), again, [], null), null);
  });

  it('an answer that is shared › is asked about as well', () => {
    const [opened] = aMatter().history;
    assert.ok(opened);
    const { answer } = anAnsweredMatter();
    assert.ok(answer?.text === ANSWER_TEXT);
    const joined: Matter = {
      ...aMatter({ state: 'joined', joinedTo: 'm9' }),
      sharedAnswer: {
        primary: 'm9',
        number: '2026-000009-9',
        round: 1,
        unit: answer.unit,
        resolution: 'solved',
        answeredAt: ANSWERED_AT,
        isOnTime: true,
        clock: aMatter().clock,
      },
      history: [{ ...opened, seq: 2, what: 'shareAnswer', at: ANSWERED_AT }],
    };
    assert.equal(whyUnwanted(notice('rate'), joined, [], null), null);
    assert.equal(
      whyUnwanted(
        notice('rate'),
        { ...joined, state: 'sorting', joinedTo: null, sharedAnswer: null },
        [],
        null,
      ),
      'moot',
    );
  });
});

describe('whether other messages are still wanted', () => {
  const wish = (by: MessageWish['by'], about: MessageWish['about'] = 'everything') => ({ by, about });
  const rows: readonly [
    string,
    NoticeTemplate,
    'mail' | 'sms',
    Partial<Matter>,
    MessageWish | null,
    string | null,
  ][] = [
    ['nothing said since', 'answered', 'mail', { state: 'answered' }, null, null],
    [
      'a mail for an SMS that failed',
      'answered',
      'mail',
      { letter: aLetter({ reachBy: 'sms' }) },
      null,
      null,
    ],
    ['none since', 'answered', 'mail', {}, wish('none'), 'unsubscribed'],
    ['SMS instead of mail', 'answered', 'mail', {}, wish('sms'), 'unsubscribed'],
    ['SMS instead of mail', 'answered', 'sms', {}, wish('sms'), null],
    ['essentials since', 'received', 'mail', {}, wish('mail', 'essentials'), 'unsubscribed'],
    ['essentials since', 'answered', 'mail', {}, wish('mail', 'essentials'), null],
    ['essentials since', 'refused', 'mail', {}, wish('mail', 'essentials'), null],
    ['still waiting', 'asked', 'sms', { state: 'asked' }, null, null],
    ['replied meanwhile', 'asked', 'sms', { state: 'sorting' }, null, 'moot'],
    ['with the unit', 'assigned', 'mail', { state: 'inHand' }, null, null],
    ['taken back meanwhile', 'assigned', 'mail', { state: 'sorting' }, null, 'moot'],
  ];
  for (const [what, template, channel, patch, since, why] of rows)
    it(`${what}, ${template} by ${channel} › ${why ?? 'it is'}`, () =>
      assert.equal(whyUnwanted(notice(template, channel), aMatter(patch), [], since), why));

  it('to staff › the writer’s wish is no matter', () => {
    const toHead = { ...notice('assigned'), recipient: { role: 'head', personId: 'p-1' } as const };
    assert.equal(whyUnwanted(toHead, aMatter(), [], wish('none')), null);
  });
});
