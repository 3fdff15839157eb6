import assert from 'node:assert/strict';
import {
  redactedNotice,
  takeDown,
  type PublicNotice,
} from '../../../src/domain/publication/public-notice.ts';
import { aLetter, on } from '../../support/builders.ts';

describe('a public notice', () => {
  const { writer } = aLetter();
  const other = { ...writer, name: '陈小雨', phone: '', mail: '', address: '' };

  it('shows nobody who wrote, nor what patterns find; the offices’ telephones stay', () => {
    const { title, text } = redactedNotice(
      {
        title: '关于王晓明等人来信的说明',
        text: `${writer.address}一带停水，${other.name}等来信；请拨 0574-8600 1300，勿拨 13912345678。`,
      },
      [writer, other],
      ['0574-86001300'],
    );
    assert.equal(title, '关于███等人来信的说明');
    assert.equal(text, '███一带停水，███等来信；请拨 0574-8600 1300，勿拨 ███。');
  });

  it('taken down › the first reason stands', () => {
    const notice: PublicNotice = {
      id: 'n',
      title: '说明',
      text: '正文',
      language: 'zh-CN',
      about: { id: 'm', number: '2026-000001-0' },
      publishedAt: on('2026-09-24 10:00'),
      publishedBy: 'p',
      takenDown: null,
    };
    const once = takeDown(notice, 'p', '过时', on('2026-09-25 10:00'));
    assert.equal(once.takenDown?.reason, '过时');
    assert.deepEqual(takeDown(once, 'q', '再撤', on('2026-09-26 10:00')), once);
    assert.equal(notice.takenDown, null);
  });
});
