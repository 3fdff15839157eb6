import assert from 'node:assert/strict';
import { assertFound, publish, redactionsFor, withhold } from '../../../src/domain/matters/publishing.ts';
import { redact } from '../../../src/domain/publication/redaction.ts';
import {
  aDraftedMatter,
  aLetter,
  anAnsweredMatter,
  ANSWER_TEXT,
  assertRefused,
  dispatcher,
  head,
  on,
} from '../../support/builders.ts';

const NOW = on('2026-09-30 10:00');
const NOTHING = { title: [], body: [], answer: [] };

describe('publish › an answered matter', () => {
  for (const wish of ['public', 'anonymous'] as const) {
    it(`whose writer wished it ${wish} › is published with its redactions`, () => {
      const spans = { ...NOTHING, body: [{ start: 0, end: 2, kind: 'name' as const }] };
      const matter = anAnsweredMatter({ letter: aLetter({ wish }) });
      const change = publish(matter, spans, dispatcher, NOW);
      assert.equal(change.matter.state, 'answered');
      assert.deepEqual(change.matter.publication, {
        isPublished: true,
        decidedAt: NOW,
        decidedBy: dispatcher.id,
        reason: '',
        ...spans,
      });
    });
  }

  it('already closed › may still be published', () => {
    assert.equal(
      publish(anAnsweredMatter({ state: 'closed' }), NOTHING, dispatcher, NOW).matter.state,
      'closed',
    );
  });

  it('whose writer wished it private › is refused', () => {
    const matter = anAnsweredMatter({ letter: aLetter({ wish: 'private' }) });
    assertRefused(() => publish(matter, NOTHING, dispatcher, NOW), 'NO_WISH_TO_PUBLISH');
  });

  it('a report about an official, whatever its writer wished › is refused', () => {
    const matter = anAnsweredMatter({ letter: aLetter({ kind: 'report', wish: 'public' }) });
    assertRefused(() => publish(matter, NOTHING, dispatcher, NOW), 'NO_WISH_TO_PUBLISH');
  });

  it('closed without an answer › is refused', () => {
    const matter = anAnsweredMatter({ state: 'closed', answer: null });
    assertRefused(() => publish(matter, NOTHING, dispatcher, NOW), 'ILLEGAL_ACTION');
  });

  it('not answered yet › is refused', () => {
    assertRefused(() => publish(aDraftedMatter(), NOTHING, dispatcher, NOW), 'ILLEGAL_ACTION');
  });

  it('by the unit › is refused: publication is the office’s', () => {
    assertRefused(() => publish(anAnsweredMatter(), NOTHING, head, NOW), 'ILLEGAL_ACTION');
  });
});

describe('withhold › an answered matter', () => {
  it('already published › is taken down, and the reason stays on file', () => {
    const published = publish(anAnsweredMatter(), NOTHING, dispatcher, NOW).matter;
    const { matter, event } = withhold(published, '涉及第三人隐私', dispatcher, NOW);
    assert.deepEqual(
      [matter.publication?.isPublished, matter.publication?.reason, event.text],
      [false, '涉及第三人隐私', '涉及第三人隐私'],
    );
    assert.deepEqual(matter.publication?.body, []);
  });

  it('published and open anew, or archived › is taken down as well', () => {
    const published = publish(anAnsweredMatter(), NOTHING, dispatcher, NOW).matter;
    for (const state of ['reopened', 'inHand', 'archived'] as const) {
      const { matter } = withhold({ ...published, state }, '涉及第三人隐私', dispatcher, NOW);
      assert.deepEqual([matter.state, matter.publication?.isPublished], [state, false]);
    }
  });

  it('with no answer in public › is nothing to withhold once it is open', () => {
    for (const state of ['reopened', 'received', 'archived'] as const) {
      assertRefused(() => withhold(anAnsweredMatter({ state }), 'x', dispatcher, NOW), 'ILLEGAL_ACTION');
    }
  });

  it('then published after all › is possible', () => {
    const withheld = withhold(anAnsweredMatter(), 'x', dispatcher, NOW).matter;
    assert.equal(publish(withheld, NOTHING, dispatcher, NOW).matter.publication?.isPublished, true);
  });
});

describe('redactions for a matter › the writer’s own particulars', () => {
  it('wherever they stand › are proposed in title, body and answer', () => {
    const { writer } = aLetter();
    const letter = aLetter({
      title: `${writer.name}反映停水`,
      body: `我是${writer.name}，住${writer.address}，电话 138 0000 1234，邮箱 ${writer.mail}。`,
    });
    const matter = anAnsweredMatter({ letter });
    const answer = matter.answer && { ...matter.answer, text: `${writer.name}您好：${ANSWER_TEXT}` };
    const spans = redactionsFor({ ...matter, answer });

    assert.equal(redact(letter.title, spans.title), '███反映停水');
    assert.equal(redact(letter.body, spans.body), '我是███，住███，电话 ███，邮箱 ███。');
    assert.equal(redact(answer?.text ?? '', spans.answer), `███您好：${ANSWER_TEXT}`);
  });

  it('the telephone of an office, however it is written › stays in the answer; a private one does not', () => {
    const matter = anAnsweredMatter();
    const text = '详询 0000－8600 1234，或经办人手机13800005678。';
    const answer = matter.answer && { ...matter.answer, text };
    const spans = redactionsFor({ ...matter, answer }, ['0000-8600 1234']);
    assert.equal(redact(text, spans.answer), '详询 0000－8600 1234，或经办人手机███。');
  });

  it('passages the office marks › are hidden wherever they stand; one that stands nowhere is refused', () => {
    const letter = aLetter({ title: '李大爷家停水', body: '邻居李大爷（老李）家停水，李 大爷很急。' });
    const matter = anAnsweredMatter({ letter });
    const spans = redactionsFor(matter, [], ['李大爷', '老李']);

    assert.equal(redact(letter.title, spans.title), '███家停水');
    assert.equal(redact(letter.body, spans.body), '邻居███（███）家停水，███很急。');
    assertFound(matter, ['老李', '李大爷']);
    for (const nowhere of ['老张', '李'])
      assertRefused(() => {
        assertFound(matter, ['老李', nowhere]);
      }, 'INVALID_INPUT');
  });

  it('a writer who gave nothing but a name, and no answer yet › proposes nothing', () => {
    const letter = aLetter({ writer: { name: '李', phone: '', mail: '', address: '' } });
    assert.deepEqual(redactionsFor(aDraftedMatter({ letter })), NOTHING);
  });
});
