import assert from 'node:assert/strict';
import { DomainError } from '../../src/domain/domain-error.ts';
import { DESK_ACTIONS, isDeskAction } from '../../src/matters/desk-actions.ts';
import { parseDeskForm } from '../../src/matters/desk-forms.ts';

const NAMES = Object.keys(DESK_ACTIONS).filter(isDeskAction);

/** The wrong fields of a form, as `field rule`. */
function faultsOf(action: string, body: object): string[] {
  assert.ok(isDeskAction(action));
  try {
    parseDeskForm(action, 'm1', { version: '1', ...body });
    return [];
  } catch (error) {
    assert.ok(error instanceof DomainError);
    return error.fields.map(({ field, rule }) => `${field} ${rule}`);
  }
}

describe('desk forms', () => {
  const ROWS: readonly [action: string, body: object, ...faults: string[]][] = [
    ['askCitizen', {}, 'askCitizen.text any.required'],
    ['askCitizen', { 'askCitizen.text': '  ' }, 'askCitizen.text string.empty'],
    ['askCitizen', { 'askCitizen.text': ['a', 'b'] }, 'askCitizen.text string.base'],
    ['askCitizen', { 'refuse.text': '写在别的表里' }, 'askCitizen.text any.required'],
    ['askCitizen', { 'askCitizen.text': '问'.repeat(2001) }, 'askCitizen.text string.max'],
    ['askCitizen', { 'askCitizen.text': `问${'\r\n'.repeat(999)}完` }],
    ['refuse', {}, 'refuse.ground any.required', 'refuse.text any.required'],
    ['refuse', { 'refuse.ground': 'because', 'refuse.text': '不行。' }, 'refuse.ground any.only'],
    ['join', { 'join.other': '' }, 'join.other string.empty'],
    ['assign', { 'assign.unit': '' }, 'assign.unit string.empty'],
    ['assign', { 'assign.unit': 'roads', 'assign.supporting': 'water' }],
    [
      'assign',
      { 'assign.unit': 'roads', 'assign.supporting': [{ $ne: 1 }] },
      'assign.supporting string.base',
    ],
    ['askReturn', { 'askReturn.unit': 'water' }, 'askReturn.text any.required'],
    [
      'askExtension',
      { 'askExtension.days': 'many', 'askExtension.text': '等材料。' },
      'askExtension.days number.base',
    ],
    [
      'askExtension',
      { 'askExtension.days': '1.5', 'askExtension.text': '等材料。' },
      'askExtension.days number.integer',
    ],
    [
      'askExtension',
      { 'askExtension.days': '0', 'askExtension.text': '等材料。' },
      'askExtension.days number.min',
    ],
    [
      'askExtension',
      { 'askExtension.days': '11', 'askExtension.text': '等材料。' },
      'askExtension.days number.max',
    ],
    ['draft', { 'draft.text': '' }, 'draft.text string.empty', 'draft.resolution any.required'],
    ['draft', { 'draft.text': '好。', 'draft.resolution': 'withdrawn' }, 'draft.resolution any.only'],
    ['draft', { 'draft.text': '字'.repeat(6001), 'draft.resolution': 'solved' }, 'draft.text string.max'],
    ['sendBack', {}, 'sendBack.text any.required'],
    ['withhold', {}, 'withhold.text any.required'],
    ['reopen', {}, 'reopen.text any.required'],
    ['approve', { 'approve.confirmation': { $gt: '' } }, 'approve.confirmation string.base'],
    ['resume', {}],
    ['publish', {}],
  ];
  for (const [action, body, ...faults] of ROWS) {
    it(`${action} › ${JSON.stringify(body).slice(0, 60)} › ${faults.join(', ') || 'is taken'}`, () => {
      assert.deepEqual(faultsOf(action, body), faults);
    });
  }

  it('every action › without the version that was seen › is unreadable', () => {
    for (const name of NAMES) {
      for (const version of [undefined, '', '0', 'x', ['1', '2'], { $gt: 0 }]) {
        assert.throws(() => parseDeskForm(name, 'm1', { version }), { code: 'INVALID_INPUT' });
      }
    }
  });

  it('a draft of 6000 characters › is not cut by the shorter limit of remarks', () => {
    const text = '字'.repeat(6000);
    const command = parseDeskForm('draft', 'm1', {
      version: '1',
      'draft.text': text,
      'draft.resolution': 'solved',
    });
    assert.equal(command.text, text);
  });

  it('names from the prototype › are no actions', () => {
    for (const name of ['toString', 'constructor', '__proto__', 'hasOwnProperty', 'rate', 'addNote', '']) {
      assert.equal(isDeskAction(name), false, name);
    }
  });
});
