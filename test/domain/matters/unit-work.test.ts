import assert from 'node:assert/strict';
import type { Matter } from '../../../src/domain/matters/matter.ts';
import { assign } from '../../../src/domain/matters/sorting.ts';
import {
  acceptReturn,
  askExtension,
  askReturn,
  declineExtension,
  declineReturn,
  grantExtension,
  pause,
  resume,
  signFor,
  takeInHand,
} from '../../../src/domain/matters/unit-work.ts';
import {
  aHandedMatter,
  anActor,
  assertRefused,
  citizen,
  dispatcher,
  handler,
  head,
  LEAD,
  on,
  OTHER,
  supervisor,
  townTime,
} from '../../support/builders.ts';

const TOWN = townTime();
const NOW = on('2026-09-28 10:00');
const inHand = (patch: Partial<Matter> = {}): Matter => aHandedMatter({ state: 'inHand', ...patch });

describe('sign for and take in hand › the unit’s first steps', () => {
  it('signed for by anyone of the unit › has no handler yet', () => {
    const { matter } = signFor(aHandedMatter(), head, NOW);
    assert.deepEqual([matter.state, matter.handler], ['signedFor', null]);
  });

  it('taken in hand › belongs to whoever took it', () => {
    const { matter } = takeInHand(aHandedMatter({ state: 'signedFor' }), handler, NOW);
    assert.deepEqual([matter.state, matter.handler], ['inHand', handler.id]);
  });

  it('by another unit › is forbidden', () => {
    const stranger = anActor('handler', { unit: OTHER });
    assertRefused(() => signFor(aHandedMatter(), stranger, NOW), 'FORBIDDEN');
  });
});

describe('return › a letter that is not the unit’s', () => {
  const input = { text: '不属我局职责', unit: OTHER };

  it('asked within two working days › waits for the office, with the reason and whose it may be', () => {
    const { matter, event } = askReturn(aHandedMatter(), input, head, on('2026-09-28 17:30'));
    assert.equal(matter.state, 'returnAsked');
    assert.deepEqual([event.text, event.unit], ['不属我局职责', OTHER]);
    assert.deepEqual([matter.lead, matter.returns], [LEAD, 0]);
  });

  it('without saying whose it is › names no unit', () => {
    const { event } = askReturn(aHandedMatter(), { text: 'x', unit: '' }, head, NOW);
    assert.ok(!('unit' in event));
  });

  it('a minute after two working days › is too late', () => {
    assertRefused(
      () => askReturn(aHandedMatter(), input, head, on('2026-09-28 17:31')),
      'RETURN_NOT_POSSIBLE',
    );
  });

  it('a minute late, but by another unit › says forbidden, not late', () => {
    const stranger = anActor('head', { unit: OTHER });
    assertRefused(() => askReturn(aHandedMatter(), input, stranger, on('2026-09-28 17:31')), 'FORBIDDEN');
  });

  it('accepted › is the office’s again, counted, with no unit', () => {
    const asked = askReturn(aHandedMatter({ supporting: [OTHER], handler: 'x' }), input, head, NOW).matter;
    const { matter } = acceptReturn(asked, dispatcher, NOW, TOWN);
    assert.deepEqual(
      [matter.state, matter.returns, matter.lead, matter.supporting, matter.handler],
      ['sorting', 1, null, [], null],
    );
  });

  it('accepted days later › gives the office its day for sorting anew, and nobody has to sign', () => {
    const asked = askReturn(aHandedMatter(), input, head, NOW).matter;
    const { clock } = acceptReturn(asked, dispatcher, on('2026-09-29 10:00'), TOWN).matter;
    assert.deepEqual([clock.sort.dueOn, clock.sign, clock.version], ['2026-09-30', null, 1]);
    assert.deepEqual(
      clock.plan
        .filter(({ step }) => step === 'sortOverdue' || step === 'signOverdue')
        .map(({ step, at }) => [step, at]),
      [['sortOverdue', on('2026-09-30 17:30')]],
    );
  });

  it('declined › goes back where it was, counted, and keeps its unit', () => {
    const asked = askReturn(aHandedMatter({ state: 'signedFor' }), input, head, NOW).matter;
    const { matter, event } = declineReturn(asked, '属贵局职责', dispatcher, NOW);
    assert.deepEqual([matter.state, matter.returns, matter.lead], ['signedFor', 1, LEAD]);
    assert.equal(event.text, '属贵局职责');
  });

  it('a third return, whoever has it then › is not possible: the office’s word is final', () => {
    let matter = aHandedMatter();
    for (const unit of [OTHER, LEAD]) {
      const by = anActor('head', { unit: matter.lead });
      matter = acceptReturn(askReturn(matter, input, by, NOW).matter, dispatcher, NOW, TOWN).matter;
      matter = assign(matter, { unit, supporting: [], text: '' }, dispatcher, NOW, TOWN).matter;
    }
    assert.equal(matter.returns, 2);
    assertRefused(() => askReturn(matter, input, head, NOW), 'RETURN_NOT_POSSIBLE');
  });

  it('by the unit that asked › is not its own to accept', () => {
    const asked = askReturn(aHandedMatter(), input, head, NOW).matter;
    assertRefused(() => acceptReturn(asked, head, NOW, TOWN), 'ILLEGAL_ACTION');
  });
});

describe('pause › a question to the citizen', () => {
  it('answered by the citizen › work goes on, with the answer in the history', () => {
    const paused = pause(inHand(), '几幢？', handler, NOW, TOWN);
    assert.deepEqual([paused.matter.state, paused.event.text], ['paused', '几幢？']);

    const { matter, event } = resume(paused.matter, '3幢', citizen, on('2026-09-30 10:00'), TOWN);

    assert.deepEqual([matter.state, event.text, event.by.role], ['inHand', '3幢', 'citizen']);
    // Three were left on Mon 28: Thu 8, Fri 9, Sat 10.
    assert.equal(matter.clock.reply.dueOn, '2026-10-10');
  });

  it('taken back by the unit on the same day › moves nothing', () => {
    const before = inHand();
    const paused = pause(before, '?', handler, NOW, TOWN).matter;
    assert.deepEqual(resume(paused, '', head, on('2026-09-28 16:00'), TOWN).matter.clock, before.clock);
  });

  it('a draft, or a letter not signed for › cannot be paused', () => {
    for (const state of ['assigned', 'drafted', 'inReview', 'answered'] as const) {
      assertRefused(() => pause(aHandedMatter({ state }), '?', handler, NOW, TOWN), 'ILLEGAL_ACTION');
    }
  });
});

describe('extension › more working days', () => {
  const DUE = on('2026-10-08 17:30');

  it('asked at the last minute › waits for the office, with days and reason', () => {
    const { matter, event } = askExtension(inHand(), { days: 10, text: '需现场勘查' }, handler, DUE, TOWN);
    assert.equal(matter.state, 'extensionAsked');
    assert.deepEqual([event.days, event.text], [10, '需现场勘查']);
    assert.equal(matter.clock.reply.dueOn, '2026-10-08');
  });

  it('asked a minute after the reply was due › is too late', () => {
    const late = on('2026-10-08 17:31');
    assertRefused(
      () => askExtension(inHand(), { days: 1, text: '' }, handler, late, TOWN),
      'EXTENSION_TOO_LATE',
    );
  });

  for (const [granted, asked, left] of [
    [0, 11, 10],
    [4, 7, 6],
    [10, 1, 0],
  ] as const) {
    it(`${granted} days granted before, ${asked} more asked › ${left} are left: too long`, () => {
      const matter = inHand();
      const used = { ...matter, clock: { ...matter.clock, extendedBy: granted } };
      const refusal = assertRefused(
        () => askExtension(used, { days: asked, text: '' }, handler, NOW, TOWN),
        'EXTENSION_TOO_LONG',
      );
      assert.deepEqual(refusal.params, { left });
    });
  }

  for (const days of [0, -1, 1.5, Number.NaN]) {
    it(`${days} days › are no days to ask for`, () => {
      const refusal = assertRefused(
        () => askExtension(inHand(), { days, text: '' }, handler, NOW, TOWN),
        'INVALID_INPUT',
      );
      assert.deepEqual(
        refusal.fields.map(({ field }) => field),
        ['days'],
      );
    });
  }

  for (const actor of [dispatcher, supervisor]) {
    it(`granted by the ${actor.role} › the days asked for are added, and work goes on where it was`, () => {
      const asked = askExtension(inHand(), { days: 5, text: '' }, handler, NOW, TOWN).matter;
      const { matter, event } = grantExtension(asked, actor, NOW, TOWN);
      assert.deepEqual([matter.state, event.days], ['inHand', 5]);
      assert.deepEqual([matter.clock.reply.dueOn, matter.clock.extendedBy], ['2026-10-14', 5]);
    });
  }

  it('asked twice › the last wish is the one that is granted', () => {
    const first = askExtension(inHand(), { days: 9, text: '' }, handler, NOW, TOWN).matter;
    const declined = declineExtension(first, '太长', dispatcher, NOW).matter;
    const second = askExtension(declined, { days: 2, text: '' }, handler, NOW, TOWN).matter;
    assert.equal(grantExtension(second, dispatcher, NOW, TOWN).matter.clock.extendedBy, 2);
  });

  it('declined › with a reason, and the clock is as before', () => {
    const asked = askExtension(
      inHand({ state: 'drafted' }),
      { days: 5, text: '' },
      handler,
      NOW,
      TOWN,
    ).matter;
    const { matter, event } = declineExtension(asked, '请按期答复', dispatcher, NOW);
    assert.deepEqual([matter.state, event.text], ['drafted', '请按期答复']);
    assert.deepEqual(matter.clock, asked.clock);
  });

  it('by the unit that asked › is not its own to grant', () => {
    const asked = askExtension(inHand(), { days: 5, text: '' }, handler, NOW, TOWN).matter;
    assertRefused(() => grantExtension(asked, head, NOW, TOWN), 'ILLEGAL_ACTION');
  });
});
