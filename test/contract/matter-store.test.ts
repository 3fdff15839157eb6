import assert from 'node:assert/strict';
import { nextStepAt } from '../../src/domain/clocks/matter-clock.ts';
import { letterNumber } from '../../src/domain/letters/letter-number.ts';
import type { Letter } from '../../src/domain/letters/letter.ts';
import type { Matter } from '../../src/domain/matters/matter.ts';
import { openImportedMatter } from '../../src/domain/matters/open-matter.ts';
import { assign, takeForSorting } from '../../src/domain/matters/sorting.ts';
import { mongoMatterStore } from '../../src/matters/matter-store.mongo.ts';
import type { MatterStore, Worklist } from '../../src/matters/matter-store.ts';
import { makeIndexes } from '../../src/platform/mongo/connect.ts';
import { aLetter, aMatter, dispatcher, on, townTime } from '../support/builders.ts';
import { openDatabase, type TestDatabase } from '../support/open-database.ts';

describe('matter store', () => {
  let database: TestDatabase;
  let matters: MatterStore;
  before(async () => {
    database = await openDatabase();
    matters = mongoMatterStore(database.connection);
    await makeIndexes(database.connection);
  });
  after(() => database.end());

  let serial = 0;
  const keys = (tail = '') => ({
    submissionHash: `form-${serial}${tail}`,
    codeHash: `code-${serial}`,
    wordsHash: `words-${serial}`,
  });
  const fresh = (patch: Partial<Matter> = {}): Matter => {
    serial += 1;
    return aMatter({ id: `m-${serial}`, number: letterNumber(2026, serial), ...patch });
  };
  const all: Worklist = {
    states: [],
    unit: null,
    withSecret: true,
    order: 'dueFirst',
    page: 1,
    perPage: 100,
  };

  it('gives a matter back as it was put in, instants and nulls included', async () => {
    const matter = fresh();
    await matters.insert(matter, keys());
    assert.deepEqual(await matters.byId(matter.id), matter);
    assert.deepEqual(await matters.byNumber(matter.number), matter);
  });

  it('never hands out what only the store may know', async () => {
    const matter = fresh();
    await matters.insert(matter, keys());
    const found = await matters.byId(matter.id);
    for (const key of [
      'submissionHash',
      'codeHash',
      'wordsHash',
      'nextStepAt',
      'announcedSeq',
      'unannouncedSince',
      '_id',
    ]) {
      assert.ok(found && !(key in found), key);
    }
  });

  it('keeps the first of two inserts of one form', async () => {
    const first = fresh();
    const submitted = keys();
    await matters.insert(first, submitted);
    const second = fresh();
    const kept = await matters.insert(second, { ...keys(), submissionHash: submitted.submissionHash });
    assert.equal(kept.id, first.id);
    assert.equal(await matters.byId(second.id), null);
  });

  it('keeps one of eight inserts of one form at once', async () => {
    const submitted = keys('-race');
    const kept = await Promise.all(Array.from({ length: 8 }, () => matters.insert(fresh(), submitted)));
    assert.equal(new Set(kept.map(({ id }) => id)).size, 1);
  });

  it('finds by number and code together only', async () => {
    const matter = fresh();
    await matters.insert(matter, keys());
    assert.equal((await matters.byNumberAndCode(matter.number, `code-${serial}`))?.id, matter.id);
    assert.equal(await matters.byNumberAndCode(matter.number, 'code-0'), null);
    assert.equal(await matters.byNumberAndCode(letterNumber(2026, 999_999), `code-${serial}`), null);
  });

  it('finds several by id, and passes over what is not there', async () => {
    const two = [fresh(), fresh()];
    for (const [i, matter] of two.entries()) await matters.insert(matter, keys(`-by-id-${i}`));
    const found = await matters.byIds([...two.map(({ id }) => id), 'nobody']);
    assert.deepEqual(new Set(found.map(({ id }) => id)), new Set(two.map(({ id }) => id)));
    assert.deepEqual(await matters.byIds([]), []);
  });

  it('finds what is joined to a matter, oldest letter first', async () => {
    const primary = fresh();
    await matters.insert(primary, keys('-primary'));
    const days = ['2026-09-25 10:00', '2026-09-23 10:00', '2026-09-24 10:00'];
    for (const [i, day] of days.entries()) {
      const letter = aLetter({ receivedAt: on(day) });
      await matters.insert(fresh({ letter, state: 'joined', joinedTo: primary.id }), keys(`-joined-${i}`));
    }
    const joined = await matters.joinedTo(primary.id);
    assert.deepEqual(
      joined.map(({ letter }) => letter.receivedAt),
      [days[1], days[2], days[0]].map((day) => on(day ?? '')),
    );
    assert.deepEqual(await matters.joinedTo('nobody'), []);
  });

  it('finds letters of the same words, oldest first', async () => {
    const later = fresh({ letter: aLetter({ receivedAt: on('2026-09-25 10:00') }) });
    const earlier = fresh({ letter: aLetter({ receivedAt: on('2026-09-24 10:00') }) });
    for (const [i, matter] of [later, earlier].entries())
      await matters.insert(matter, { ...keys(`-words-${i}`), wordsHash: 'the same words' });
    const found = await matters.withWords('the same words');
    assert.deepEqual(
      found.map(({ id }) => id),
      [earlier.id, later.id],
    );
  });

  it('reads what earlier versions of the program wrote', async () => {
    const matter = fresh();
    await matters.insert(matter, keys('-old'));
    const rows = database.connection.collection('matters');
    await rows.updateOne({ number: matter.number }, { $unset: { sharedAnswer: 1, heldOut: 1, accused: 1 } });
    assert.deepEqual(await matters.byId(matter.id), matter);
  });

  it('writes a change and its line of history in one', async () => {
    const matter = fresh();
    await matters.insert(matter, keys());
    const change = assign(
      matter,
      { unit: 'roads', supporting: ['water'], text: '' },
      dispatcher,
      on('2026-09-23 11:00'),
      townTime(),
    );
    await matters.save(change);
    assert.deepEqual(await matters.byId(matter.id), change.matter);
  });

  it('refuses the second of two changes made from one version', async () => {
    const matter = fresh();
    await matters.insert(matter, keys());
    const now = on('2026-09-23 11:00');
    const outcomes = await Promise.allSettled(
      ['roads', 'water', 'parks'].map((unit) =>
        matters.save(assign(matter, { unit, supporting: [], text: '' }, dispatcher, now, townTime())),
      ),
    );
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') assert.equal(outcome.reason.code, 'STALE');
    }
    assert.equal((await matters.byId(matter.id))?.history.length, 2);
  });

  it('counts a year without gaps or doubles, also in parallel', async () => {
    const numbers = await Promise.all(Array.from({ length: 20 }, () => matters.nextSequence(1999)));
    assert.deepEqual(
      numbers.toSorted((a, b) => a - b),
      Array.from({ length: 20 }, (_, i) => i + 1),
    );
  });

  it('lists what is due, the longest due first, and nothing that is not', async () => {
    const late = fresh({ letter: aLetter({ receivedAt: on('2025-03-03 10:00') }) });
    await matters.insert(late, keys());
    const at = nextStepAt(late.clock, late.state);
    assert.ok(at);
    const due = await matters.stepsDue(at, 10);
    assert.equal(due[0]?.id, late.id);
    assert.deepEqual(await matters.stepsDue(new Date(at.getTime() - 1), 10), []);
  });

  it('leaves reports out for whom they accuse, in lists and in counts', async () => {
    const before = await matters.countByState(null, true, 'accused-unit');
    const report = fresh({ letter: aLetter({ kind: 'report' }), accused: ['accused-unit', 'other'] });
    await matters.insert(report, keys());
    const numbersFor = async (notAccusing: string | null) =>
      (await matters.list({ ...all, order: 'newestFirst', notAccusing })).items.map(({ number }) => number);
    assert.ok((await numbersFor(null)).includes(report.number));
    assert.ok((await numbersFor('innocent-unit')).includes(report.number));
    assert.ok(!(await numbersFor('accused-unit')).includes(report.number));
    assert.deepEqual(await matters.countByState(null, true, 'accused-unit'), before);
    const seen = (await matters.list({ ...all, notAccusing: 'accused-unit' })).total;
    assert.equal((await matters.list(all)).total, seen + 1);
  });

  it('writes many together, and says whom somebody else changed first', async () => {
    const three = [fresh(), fresh(), fresh()] as const;
    for (const [place, matter] of three.entries()) await matters.insert(matter, keys(`-${place}`));
    const at = on('2026-09-23 11:00');
    const changes = three.map((matter) => takeForSorting(matter, dispatcher, at));
    await matters.save(takeForSorting(three[1], dispatcher, on('2026-09-23 10:59')));
    const written = await matters.saveEach(changes);
    assert.deepEqual(
      written.map(({ matter }) => matter.id),
      [three[0].id, three[2].id],
    );
    const [first, second] = await Promise.all(three.map(({ id }) => matters.byId(id)));
    assert.deepEqual(first?.history, changes[0]?.matter.history);
    assert.equal(second?.history.at(-1)?.at.toISOString(), on('2026-09-23 10:59').toISOString());
    assert.equal(second?.version, 2);
    assert.deepEqual(await matters.saveEach([]), []);
  });

  it('remembers what was not announced', async () => {
    const matter = fresh({ changedAt: on('2020-01-01 10:00') });
    await matters.insert(matter, keys());
    const before = on('2020-01-02 10:00');
    assert.deepEqual(
      (await matters.unannounced(before, 10)).map(({ matter: { id }, announcedSeq }) => [id, announcedSeq]),
      [[matter.id, 0]],
    );
    await matters.markAnnounced([{ id: matter.id, first: 1, last: 1 }]);
    assert.deepEqual(await matters.unannounced(before, 10), []);
  });

  it('keeps a later event unannounced when an earlier one is marked', async () => {
    const matter = fresh({ changedAt: on('2020-02-01 10:00') });
    await matters.insert(matter, keys());
    await matters.save(takeForSorting(matter, dispatcher, on('2020-02-01 11:00')));
    await matters.markAnnounced([{ id: matter.id, first: 1, last: 1 }]);
    const [left] = await matters.unannounced(on('2020-02-02 10:00'), 10);
    assert.deepEqual([left?.matter.id, left?.announcedSeq], [matter.id, 1]);
    await matters.markAnnounced([{ id: matter.id, first: 2, last: 2 }]);
  });

  it('keeps an earlier event unannounced when a later one is told', async () => {
    const matter = fresh({ changedAt: on('2020-03-01 10:00') });
    await matters.insert(matter, keys());
    await matters.save(takeForSorting(matter, dispatcher, on('2020-03-01 11:00')));
    await matters.markAnnounced([{ id: matter.id, first: 2, last: 2 }]);
    const [left] = await matters.unannounced(on('2020-03-02 10:00'), 10);
    assert.deepEqual([left?.matter.id, left?.announcedSeq], [matter.id, 0]);
    await matters.markAnnounced([{ id: matter.id, first: 1, last: 2 }]);
    assert.deepEqual(await matters.unannounced(on('2020-03-02 10:00'), 10), []);
  });

  it('takes imported matters once', async () => {
    const history = [1, 2, 3].map((row) =>
      openImportedMatter(
        { id: `old-${row}`, number: letterNumber(2004, row), letter: aLetter(), suggestions: [] },
        { source: 'old-box', externalId: `${row}` },
        null,
        townTime(),
      ),
    );
    assert.equal(await matters.insertImported(history), 3);
    assert.equal(
      await matters.insertImported(history.map((matter) => ({ ...matter, id: `${matter.id}-again` }))),
      0,
    );
    const known = await matters.importedFrom('old-box', ['1', '9']);
    assert.deepEqual(
      known.map(({ origin }) => origin?.externalId),
      ['1'],
    );
    assert.deepEqual(await matters.importedFrom('other-box', ['1']), []);
    assert.deepEqual(
      (await matters.unannounced(on('2030-01-01 10:00'), 1000)).filter(({ matter }) => matter.origin),
      [],
    );
  });

  it('gives the newest letters that a unit took, no report among them, without their writers', async () => {
    const at = (day: string, patch: Partial<Letter> = {}) =>
      aLetter({ title: `2031 ${day}`, receivedAt: on(`2031-01-${day} 10:00`), ...patch });
    const handled = [
      fresh({ state: 'inHand', lead: 'forests', letter: at('01') }),
      fresh({ state: 'answered', lead: 'roads', resolution: 'solved', letter: at('02') }),
      fresh({ state: 'inHand', lead: 'forests', letter: at('03', { kind: 'report' }) }),
      fresh({ state: 'returnAsked', lead: 'forests', letter: at('04') }),
      fresh({ state: 'received', letter: at('05') }),
    ];
    for (const matter of handled) await matters.insert(matter, { ...keys(), submissionHash: matter.id });
    const { kind, body } = aLetter();
    assert.deepEqual(await matters.handledLetters(2), [
      { state: 'answered', lead: 'roads', resolution: 'solved', letter: { kind, title: '2031 02', body } },
      { state: 'inHand', lead: 'forests', resolution: null, letter: { kind, title: '2031 01', body } },
    ]);
  });

  it('reads matters of earlier versions › without a topic', async () => {
    const { topic: _, ...old } = fresh({});
    // As it was written before there were topics.
    await matters.insert(old as Matter, { ...keys(), submissionHash: old.id });
    assert.equal((await matters.byId(old.id))?.topic, null);
  });

  it('lists by state, unit and right, page by page', async () => {
    const secret = fresh({ state: 'inHand', lead: 'parks', letter: aLetter({ kind: 'report' }) });
    const lead = fresh({ state: 'inHand', lead: 'parks' });
    const supporting = fresh({ state: 'inHand', lead: 'roads', supporting: ['parks'] });
    for (const matter of [secret, lead, supporting])
      await matters.insert(matter, { ...keys(), submissionHash: matter.id });
    const of = async (patch: Partial<Worklist>) =>
      (await matters.list({ ...all, states: ['inHand'], unit: 'parks', ...patch })).items
        .map(({ id }) => id)
        .toSorted();
    assert.deepEqual(await of({}), [secret.id, lead.id, supporting.id].toSorted());
    assert.deepEqual(await of({ withSecret: false }), [lead.id, supporting.id].toSorted());
    assert.deepEqual(await of({ states: ['drafted'] }), []);
    const pages = await Promise.all([1, 2, 3].map((page) => of({ page, perPage: 1 })));
    assert.equal(new Set(pages.flat()).size, 3);
    assert.equal((await matters.list({ ...all, states: ['inHand'], unit: 'parks', perPage: 1 })).total, 3);
    assert.equal((await matters.countByState('parks', false)).get('inHand'), 2);
  });

  it('shows no contact data and no body in a list', async () => {
    const { items } = await matters.list(all);
    assert.ok(items.length > 0);
    assert.doesNotMatch(JSON.stringify(items), /13800001234|wang@example|王晓明|老人和孩子/);
  });

  it('visits every matter once, in batches', async () => {
    const seen: string[] = [];
    await matters.eachBatch(4, async (batch) => {
      assert.ok(batch.length <= 4);
      seen.push(...batch.map(({ id }) => id));
    });
    assert.equal(new Set(seen).size, seen.length);
    assert.equal(seen.length, await database.connection.collection('matters').countDocuments());
  });
});
