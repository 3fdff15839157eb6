import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawTemplate, makeEta } from '../../../src/platform/http/views.ts';
import { makeFormats } from '../../../src/platform/http/formats.ts';
import { makeWords } from '../../../src/platform/words.ts';
import { rootDir } from './tiny-app.ts';

/** Raw output is for includes, and for the page inside the layout. */
const RAW_ALLOWED = /^<%~ include\(/;
function rawOutputsIn(file: string, text: string): string[] {
  return [...text.matchAll(/<%[-_]?\s*~[^%]*%>/g)]
    .map(([tag]) => tag)
    .filter((tag) => !RAW_ALLOWED.test(tag) && !(file === 'layout/page.eta' && tag === '<%~ it.body %>'));
}

describe('views', () => {
  const templates = readdirSync(join(rootDir, 'views'), { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.eta'),
  );

  it('no template › prints raw text, carries a script, a style or a handler', () => {
    for (const file of templates) {
      const text = readFileSync(join(rootDir, 'views', file), 'utf8').replaceAll(
        /<% \/\*[\s\S]*?\*\/ %>/g,
        '',
      );
      assert.deepEqual(rawOutputsIn(file, text), [], file);
      assert.doesNotMatch(text, /<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|\boutput\(/, file);
    }
  });
  it('the search for raw text › can fail', () => {
    assert.deepEqual(rawOutputsIn('a.eta', '<%~ it.text %> <%~ include("b") %>'), ['<%~ it.text %>']);
    assert.deepEqual(rawOutputsIn('a.eta', '<%~ it.body %>'), ['<%~ it.body %>']);
    assert.deepEqual(rawOutputsIn('a.eta', '<%-~ it.x %>'), ['<%-~ it.x %>']);
  });

  describe('the engine', () => {
    const root = mkdtempSync(join(tmpdir(), 'huiyin-views-'));
    const eta = makeEta(root, { cache: false });
    const write = (name: string, text: string) => writeFileSync(join(root, 'views', name), text);
    before(() => {
      mkdirSync(join(root, 'views'));
      write('frame.eta', '[<%= it.title %>|<%= it.town %>|<%~ it.body %>]');
      write('part.eta', '(<%= it.name %>,<%= it.text %>,<%= it.town %>)');
      write('outer.eta', '<%~ include("./part", { name: it.name }) %>');
    });
    after(() => rmSync(root, { recursive: true }));

    it('a value › is escaped; an absent one prints nothing', () => {
      write('page.eta', '<%= it.text %>|<%= it.none %>|<%= it.zero %>');
      assert.equal(
        drawTemplate(eta, 'page', {}, { text: `<b a="1" c='2'>&`, zero: 0 }),
        '&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;||0',
      );
    });
    it('an object printed › is refused', () => {
      write('page.eta', '<%= it.thing %>');
      assert.throws(() => drawTemplate(eta, 'page', {}, { thing: { a: 1 } }), /prints a object/);
    });
    it('a partial › sees the locals and what it is given, not the page’s view nor its caller’s parameters', () => {
      write(
        'page.eta',
        '<%~ include("./part", { name: "n" }) %><%~ include("./outer", { name: "m", text: "leak" }) %>',
      );
      assert.equal(drawTemplate(eta, 'page', { town: '江城' }, { text: 'leak' }), '(n,,江城)(m,,江城)');
    });
    it('a layout › gets the page and what the page tells it', () => {
      write('page.eta', '<% layout("./frame", { title: it.title }) %>hello <%= it.title %>');
      assert.equal(
        drawTemplate(eta, 'page', { town: '江城' }, { title: '<t>' }),
        '[&lt;t&gt;|江城|hello &lt;t&gt;]',
      );
    });
    it('outside the views › nothing can be included', () => {
      write('page.eta', '<%~ include("../../secret") %>');
      assert.throws(() => drawTemplate(eta, 'page', {}, {}), /not in the views directory/);
    });
  });

  describe('partials', () => {
    const eta = makeEta(rootDir, { cache: true });
    const words = makeWords({ rootDir, strict: true });
    const locals = {
      t: words.in('zh-CN'),
      lang: 'zh-CN',
      formats: makeFormats({
        zone: 'Asia/Shanghai',
        lang: 'zh-CN',
        now: () => new Date('2026-10-09T00:00:00Z'),
      }),
      asset: (name: string) => `/assets/${name}`,
      errors: [{ field: 'title', message: '标题太短' }],
    };
    const draw = (name: string, given: object) => drawTemplate(eta, `partials/${name}`, locals, given);

    it('a field › is tied to its hint and its error', () => {
      const html = draw('field', { name: 'title', label: '标题', hint: '一句话', value: '"><script>' });
      assert.match(html, /aria-describedby="title-hint title-error" aria-invalid="true"/);
      assert.match(html, /id="title-error">[^]*标题太短/);
      assert.match(html, /value="&quot;&gt;&lt;script&gt;"/);
    });
    it('a field that is right › shows no error', () => {
      const html = draw('field', { name: 'phone', label: '电话', optional: true });
      assert.doesNotMatch(html, /error|aria-invalid|aria-required/);
      assert.match(html, /选填/);
    });
    it('a textarea › keeps a first line break and what was typed', () => {
      assert.match(
        draw('textarea', { name: 'b', label: '内容', value: '\n一\n二' }),
        />\n\n一\n二<\/textarea>/,
      );
    });
    it('radios › the summary’s link leads to the first', () => {
      const items = [
        { value: 'a', label: '甲' },
        { value: 'b', label: '乙' },
      ];
      const html = draw('radios', { name: 'kind', legend: '类别', items, value: 'b' });
      assert.match(html, /id="kind" name="kind" value="a">/);
      assert.match(html, /id="kind-1" name="kind" value="b" checked>/);
    });

    const due: [given: object, tone: string, word: string][] = [
      [{ days: 5 }, 'info', '还剩 5 个工作日'],
      [{ days: 1 }, 'warn', '还剩 1 个工作日'],
      [{ days: 0 }, 'warn', '今天到期'],
      [{ days: -2 }, 'bad', '已超期 2 个工作日'],
      [{ days: null, state: 'paused' }, 'calm', '计时已暂停'],
      [{ days: -2, state: 'done' }, 'ok', '计时已结束'],
    ];
    for (const [given, tone, word] of due)
      it(`days-left ${JSON.stringify(given)} › ${word}`, () => {
        const html = draw('days-left', given);
        assert.ok(html.includes(`tag ${tone}`) && html.includes(word), html);
      });

    it('pagination › keeps the filters, marks the page, leaves gaps', () => {
      const html = draw('pagination', { page: 5, pages: 12, base: '/answers?q=a&b' });
      assert.match(html, /href="\/answers\?q=a&amp;b&amp;page=4" rel="prev"/);
      assert.match(html, /aria-current="page">5</);
      assert.deepEqual(
        [...html.matchAll(/>(\d+|…)</g)].map(([, text]) => text),
        ['1', '…', '4', '5', '6', '…', '12'],
      );
      assert.equal(draw('pagination', { page: 1, pages: 1, base: '/' }).trim(), '');
    });
    it('a table › says so when it is empty', () => {
      assert.match(
        draw('table', { caption: '待办', columns: [{ label: '编号' }], rows: [] }),
        /没有可显示的内容/,
      );
    });
    it('a bar › never leaves its frame', () => {
      assert.match(draw('bar', { share: 1.7 }), /width="100\.0%"/);
      assert.match(draw('bar', { share: -1 }), /width="0\.0%"/);
    });
  });
});
