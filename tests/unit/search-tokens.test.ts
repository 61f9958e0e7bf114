import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { atomsOf, tokenize } from '@/lib/platform/text/search/tokens';
import { timesAsLong } from '@/tests/support/cost';

const texts = (text: string) => tokenize(text).map((token) => token.text);

describe('the tokens of a text', () => {
  test.each([
    ['English', "Don't deploy the new CAFÉ menu", ["don't", 'don', 't', 'deploy', 'the', 'new', 'cafe', 'menu']],
    ['German', 'Die Straße nach Köln', ['die', 'strasse', 'nach', 'koln']],
    ['French', 'l’été à Nîmes', ["l'ete", 'l', 'ete', 'a', 'nimes']],
    ['Vietnamese', 'Tiếng Việt', ['tieng', 'viet']],
    ['Russian', 'Ёлка и йод', ['елка', 'и', 'иод']],
    ['Greek', 'ΟΔΟΣ Αθηνών', ['οδοσ', 'αθηνων']],
    ['Arabic', 'مُحَمَّد كتب الرسالة', ['محمد', 'كتب', 'الرسالة']],
    ['Hebrew', 'שָׁלוֹם לכולם', ['שלום', 'לכולם']],
    ['Hindi', 'हिन्दी में', ['हिन्दी', 'में']],
    ['Chinese', '我家在上海', ['海', '我家', '家在', '在上', '上海']],
    ['Japanese', '東京へ行く', ['く', '東京', '京へ', 'へ行', '行く']],
    ['Korean', '한국어 공부', ['어', '한국', '국어', '부', '공부']],
    ['Thai', 'สวัสดี', ['ี', 'สว', 'วั', 'ัส', 'สด', 'ดี']],
  ])('%s', (_, text, expected) => {
    expect(texts(text)).toEqual(expected);
  });

  test.each([
    ['ERR_42-x', ['err_42-x', 'err', '42', 'x']],
    ['v2.4.0-rc.3.', ['v2.4.0-rc.3', 'v2', '4', '0', 'rc', '3']],
    ['snake_case', ['snake_case', 'snake', 'case']],
    ['parseHTTPRequest', ['parsehttprequest', 'parse', 'http', 'request']],
    ['utils.parseQuery', ['parsequery', 'utils.parsequery', 'utils', 'parse', 'query']],
    ['ada.l@example.com', ['ada.l@example.com', 'ada', 'l', 'example', 'com']],
    ['(/usr/local/bin)', ['usr/local/bin', 'usr', 'local', 'bin']],
    ['https://a.example/b?c=1', ['https://a.example/b?c=1', 'https', 'a', 'example', 'b', 'c', '1']],
    ['C++, C#', ['c++', 'c', 'c#', 'c']],
    ['iPhone手机', ['iphone', 'i', 'phone', '机', '手机']],
    ['🎉 done', ['🎉', 'done']],
  ])('%s whole and in parts', (text, expected) => {
    expect(texts(text)).toEqual(expected);
  });

  test.each([
    ['full width', 'ＰＡＲＬＥＹ', 'parley'],
    ['half-width kana', 'ｶﾞﾗｽ', 'ガラス'],
    ['Hangul letter by letter', '한국'.normalize('NFD'), '한국'],
    ['letters with their accents apart', 'Zoe\u0308', 'Zoë'],
    ['soft hyphens', 'co\u00ADoperate', 'cooperate'],
  ])('%s is the same as the plain form', (_, one, other) => {
    expect(texts(one)).toEqual(texts(other));
  });

  test('a text in ASCII has the same tokens when another letter follows, though its patterns are simpler', () => {
    const alphabet = fc.string({ unit: fc.constantFrom(..."aZbQ09 ._-/@:+#&=%?~'\n\t(),C"), maxLength: 60 });
    fc.assert(
      fc.property(fc.oneof(alphabet, fc.string()), (text) => {
        fc.pre(/^[\0-\x7F]*$/.test(text));
        expect(tokenize(`${text} ф`).slice(0, -1)).toEqual(tokenize(text));
      }),
      { numRuns: 2_000 },
    );
  });

  test('words, pairs and parts side by side have positions side by side, a whole that of its first part', () => {
    const at = tokenize('see ERR_42 上海 now').map(({ text, position }) => [text, position]);
    expect(at).toEqual([
      ['see', 1],
      ['err_42', 2],
      ['err', 2],
      ['42', 3],
      ['海', 5],
      ['上海', 4],
      ['now', 6],
    ]);
  });

  test('the place of a token is in the original text', () => {
    const text = 'Ｆｉｎｄ Straße, 東京 and ERR_42-x';
    const places = Object.fromEntries(tokenize(text).map((token) => [token.text, text.slice(token.start, token.end)]));
    expect(places).toMatchObject({ find: 'Ｆｉｎｄ', strasse: 'Straße', 東京: '東京', 'err_42-x': 'ERR_42-x', 42: '42' });
  });
});

test('any text is cut without an error, in order, within its bounds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      let last = 0;
      for (const { start, end, pieces, wholes } of atomsOf(text)) {
        expect(start).toBeGreaterThanOrEqual(last);
        for (const token of [...pieces, ...wholes]) {
          expect(token.text).not.toBe('');
          expect(start <= token.start && token.start < token.end && token.end <= end && end <= text.length).toBe(true);
        }
        last = end;
      }
    }),
    { numRuns: 3_000 },
  );
});

test.each(['a', 'a.', 'aB', 'a+', 'a\u0301', '\u00AD', '_', '上', '\u1161', '상', 'ﷺ ', '🎉', "'", 'é-', '\uD800'])(
  'a long text of %j takes linear time',
  (unit) => {
    const cut = (count: number) => () => void tokenize(unit.repeat(count));
    // Sixteen times the text would take 256 times as long in quadratic time.
    expect(timesAsLong(cut(80_000), cut(5_000), 64)).toBeLessThan(64);
  },
);
