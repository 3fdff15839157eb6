import assert from 'node:assert/strict';
import { publish, redactionsFor, withhold } from '../../../src/domain/matters/publishing.ts';
import type { Matter } from '../../../src/domain/matters/matter.ts';
import { publicLetter, shortName } from '../../../src/domain/publication/public-letter.ts';
import { aLetter, anAnsweredMatter, ANSWER_TEXT, dispatcher, LEAD, on } from '../../support/builders.ts';

const ZONE = 'Asia/Shanghai';
const NOW = on('2026-09-30 10:00');

function published(patch: Partial<Matter> = {}): Matter {
  const matter = anAnsweredMatter(patch);
  return publish(matter, redactionsFor(matter), dispatcher, NOW).matter;
}

describe('public letter › what everyone may read', () => {
  it('of a published matter › is redacted and built field by field', () => {
    const letter = aLetter({ body: '我是王晓明，电话13800001234，小区停水三天了。' });
    assert.deepEqual(publicLetter(published({ letter }), ZONE), {
      number: published().number,
      kind: 'complaint',
      title: letter.title,
      body: '我是███，电话███，小区停水三天了。',
      answer: ANSWER_TEXT,
      signedAs: '王某某',
      unit: LEAD,
      resolution: 'solved',
      receivedOn: '2026-09-23',
      answeredOn: '2026-09-29',
      days: 6,
      isOnTime: true,
      isReopened: false,
      overall: null,
      language: 'zh-CN',
    });
  });

  it('of an anonymous writer › is signed by nobody', () => {
    assert.equal(publicLetter(published({ letter: aLetter({ wish: 'anonymous' }) }), ZONE)?.signedAs, '');
  });

  it('anything the writer can be reached by › is nowhere in it', () => {
    const { writer } = aLetter();
    const body = `${writer.name} ${writer.phone} ${writer.mail} ${writer.address}，停水三天了。`;
    const text = JSON.stringify(publicLetter(published({ letter: aLetter({ body }) }), ZONE));
    for (const secret of Object.values(writer)) assert.ok(!text.includes(secret), secret);
  });

  const hidden: readonly [why: string, matter: Matter][] = [
    ['not decided yet', anAnsweredMatter()],
    ['withheld', withhold(published(), 'x', dispatcher, NOW).matter],
    ['without an answer', { ...published(), answer: null }],
    ['whose writer wished it private', { ...published(), letter: aLetter({ wish: 'private' }) }],
    ['that is secret', { ...published(), letter: aLetter({ kind: 'report' }) }],
  ];
  for (const [why, matter] of hidden) {
    it(`of a matter ${why} › there is none`, () => assert.equal(publicLetter(matter, ZONE), null));
  }
});

describe('public letter › how its writer is signed', () => {
  for (const [name, short] of [
    ['王晓明', '王某某'],
    ['王明', '王某'],
    ['欧阳晓明', '欧某某'],
    ['王', '王'],
    [' 王晓明 ', '王某某'],
    ['王 明', '王某'],
    ['陈𠮷', '陈某'],
    ['𠮷田太郎', '𠮷某某'],
    ['Mary Jane Smith', 'M. J. S.'],
    ['li wei', 'L. W.'],
    ['', ''],
  ] as const) {
    it(`'${name}' › '${short}'`, () => assert.equal(shortName(name), short));
  }
});
