import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES, makeWords } from '../../../src/platform/words.ts';
import { rootDir } from './tiny-app.ts';

const folderOf = (lang: string) => join(rootDir, 'views/locales', lang);
const namespacesOf = (lang: string) => readdirSync(folderOf(lang)).sort();

/** 'errors.rule.string.min' → its sentence; plural forms count as one key. */
function sentencesOf(lang: string, file: string): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (value: unknown, path: string[]) => {
    if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) walk(inner, [...path, key]);
    else found.set(path.join('.').replace(/_(one|other)$/, '#plural'), String(value));
  };
  walk(JSON.parse(readFileSync(join(folderOf(lang), file), 'utf8')), []);
  return found;
}

const holesOf = (sentence: string) =>
  [...sentence.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name = '']) => name).toSorted();

function filesIn(folder: string, ending: string): string[] {
  return readdirSync(join(rootDir, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => join(rootDir, folder, file));
}

describe('locales', () => {
  it('every language › has the same namespaces', () => {
    for (const lang of LANGUAGES) assert.deepEqual(namespacesOf(lang), namespacesOf('zh-CN'));
  });
  for (const file of namespacesOf('zh-CN'))
    it(`${file} › the same keys with the same holes in both languages`, () => {
      const zh = sentencesOf('zh-CN', file);
      const en = sentencesOf('en', file);
      assert.deepEqual([...en.keys()].sort(), [...zh.keys()].sort());
      for (const [key, sentence] of zh) {
        assert.deepEqual(holesOf(en.get(key) ?? ''), holesOf(sentence), key);
        assert.notEqual(sentence.trim(), '', key);
      }
    });

  it('every key that a template or a module says › is written down', () => {
    const words = makeWords({ rootDir, strict: true });
    const missing: string[] = [];
    for (const file of [...filesIn('views', '.eta'), ...filesIn('src', '.ts')]) {
      const text = readFileSync(file, 'utf8')
        .replaceAll(/\/\*[\s\S]*?\*\//g, '')
        .replaceAll(/\/\/.*$/gm, '');
      const keys = [...text.matchAll(/\bt\(\s*(['"])([\w-]+:[\w.-]+)\1/g)].map(([, , key = '']) => key);
      const isThere = (key: string) =>
        LANGUAGES.every((lang) => words.in(lang).has(key) || words.in(lang).has(`${key}_other`));
      missing.push(...keys.filter((key) => !isThere(key)).map((key) => `${file}: ${key}`));
    }
    assert.deepEqual(missing, []);
  });
});

describe('words', () => {
  const strict = makeWords({ rootDir, strict: true });
  const lenient = makeWords({ rootDir, strict: false });

  it('a plural › by the language’s own rule', () => {
    assert.equal(strict.in('en')('common:due.left', { count: 1 }), '1 working day left');
    assert.equal(strict.in('en')('common:due.left', { count: 3 }), '3 working days left');
    assert.equal(strict.in('zh-CN')('common:due.left', { count: 1 }), '还剩 1 个工作日');
  });
  it('what was typed › is neither escaped nor interpreted', () => {
    const said = strict.in('en')('common:errors.rule.other', { label: '<b>{{x}} $t(common:nav.home)' });
    assert.equal(said, '<b>{{x}} $t(common:nav.home): please check this and enter it again.');
  });
  it('a missing key, a missing parameter, a group › strict throws', () => {
    assert.throws(() => strict.in('en')('common:no.such'), /no "common:no.such" in en/);
    assert.throws(() => strict.in('en')('common:steps.now', { current: 1 }), /"total" not given/);
    assert.throws(() => strict.in('en')('common:errors'), /group of keys/);
  });
  it('a missing key › in production the key is shown', () => {
    assert.equal(lenient.in('en')('common:no.such'), 'no.such');
  });
});
