import assert from 'node:assert/strict';
import { rate, reopen, withdraw } from '../../../src/domain/matters/citizen-acts.ts';
import { openImportedMatter } from '../../../src/domain/matters/open-matter.ts';
import { publish } from '../../../src/domain/matters/publishing.ts';
import { join, separate } from '../../../src/domain/matters/joining.ts';
import { refuse } from '../../../src/domain/matters/sorting.ts';
import { caseFact, type CaseFact } from '../../../src/domain/statistics/case-fact.ts';
import {
  aHandedMatter,
  aLetter,
  aMatter,
  anAnsweredMatter,
  citizen,
  dispatcher,
  LEAD,
  on,
  townTime,
} from '../../support/builders.ts';

const TOWN = townTime();
const ZONE = 'Asia/Shanghai';
const NOW = on('2026-10-12 10:00');

describe('case fact › what the figures need to know', () => {
  it('of an answered, published and rated matter › is everything but words and names', () => {
    const nothing = { title: [], body: [], answer: [] };
    const published = publish(anAnsweredMatter(), nothing, dispatcher, NOW).matter;
    const matter = rate(published, { overall: 4, solved: 'yes', words: '好' }, citizen, NOW).matter;

    const expected: CaseFact = {
      id: matter.id,
      version: matter.version,
      number: matter.number,
      source: 'own',
      kind: 'complaint',
      channel: 'web',
      receivedOn: '2026-09-23',
      unit: LEAD,
      state: 'answered',
      resolution: 'solved',
      isValid: true,
      dueAt: on('2026-10-08 17:30'),
      answeredAt: on('2026-09-29 10:00'),
      answeredOn: '2026-09-29',
      isOnTime: true,
      daysToAnswer: 6,
      isPublished: true,
      overall: 4,
      repeat: null,
      isAnsweredTogether: false,
      card: null,
    };
    assert.deepEqual(caseFact(matter, ZONE), expected);
  });

  it('of a matter just received › has no unit, no answer and no rating', () => {
    const fact = caseFact(aMatter(), ZONE);
    assert.deepEqual(
      [fact.unit, fact.answeredAt, fact.answeredOn, fact.isOnTime, fact.daysToAnswer, fact.overall],
      [null, null, null, null, null, null],
    );
    assert.deepEqual([fact.isValid, fact.isPublished], [true, false]);
  });

  it('received and answered around midnight › counts the days of the town', () => {
    const matter = anAnsweredMatter({ letter: aLetter({ receivedAt: on('2026-09-28 23:59') }) });
    const answer = matter.answer && { ...matter.answer, answeredAt: on('2026-09-29 00:01') };
    const inTown = caseFact({ ...matter, answer }, ZONE);
    assert.deepEqual(
      [inTown.receivedOn, inTown.answeredOn, inTown.daysToAnswer],
      ['2026-09-28', '2026-09-29', 1],
    );
    assert.equal(caseFact({ ...matter, answer }, 'UTC').daysToAnswer, 0);
  });

  it('refused, withdrawn or joined › is received but not valid; separated again, it is', () => {
    const refused = refuse(aMatter(), { ground: 'abusive', text: '' }, dispatcher, NOW, TOWN).matter;
    const joined = join(aMatter(), [aMatter({ id: 'm2' })], null, dispatcher, NOW).matter;
    const withdrawn = withdraw(aMatter(), '', citizen, NOW, TOWN).matter;
    const separated = separate(joined, dispatcher, NOW).matter;
    const reopened = reopen(withdrawn, '', citizen, NOW, TOWN).matter;
    assert.deepEqual(
      [refused, joined, withdrawn, separated, reopened].map((matter) => caseFact(matter, ZONE).isValid),
      [false, false, false, true, true],
    );
  });

  it('with a card › bears the highest', () => {
    const matter = aHandedMatter();
    const taken = ['yellowCard', 'redCard'] as const;
    assert.equal(caseFact({ ...matter, clock: { ...matter.clock, taken } }, ZONE).card, 'red');
  });

  it('imported › is counted under its source', () => {
    const opening = {
      id: 'm1',
      number: '2005-000001-1',
      letter: aLetter({ channel: 'import' }),
      suggestions: [],
    };
    const matter = openImportedMatter(opening, { source: '旧信访库', externalId: '1' }, null, TOWN);
    const fact = caseFact(matter, ZONE);
    assert.deepEqual(
      [fact.source, fact.channel, fact.unit, fact.answeredAt],
      ['旧信访库', 'import', null, null],
    );
  });
});
