import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayIn, isDay } from '@/lib/platform/text/search/days';
import { isEmpty, maxTerms, parseSearch } from '@/lib/platform/text/search/query';
import { placesOf, snippetOf } from '@/lib/platform/text/search/snippet';
import { timesAsLong } from '@/tests/support/cost';

const read = (text: string) => {
  const { terms, filters } = parseSearch(text);
  const shown = terms.map(({ kind, excluded, start, end }) => `${excluded ? 'not ' : ''}${kind} ${text.slice(start, end)}`);
  return [...shown, ...filters.map(({ name, value }) => `${name} = ${value}`)];
};

describe('a query', () => {
  test.each([
    ['deploy staging', ['word deploy', 'word staging']],
    ['"new menu" -draft', ['phrase "new menu"', 'not phrase -draft']],
    ['-"old menu" x', ['not phrase -"old menu"', 'word x']],
    ['“typographic quotes”', ['phrase “typographic quotes”']],
    ['"never closed here', ['phrase "never closed here']],
    ['from:@ada from:me in:#engine-room', ['from = @ada', 'from = me', 'in = #engine-room']],
    ['in:"#Engine room" x', ['word x', 'in = #Engine room']],
    ['FROM:@Ada Has:Link', ['from = @Ada', 'has = Link']],
    ['on:yesterday before:2026-11-20', ['on = yesterday', 'before = 2026-11-20']],
    ['has:file is:unread', ['has = file', 'is = unread']],
    ['has:nothing', ['word has:nothing']],
    ['before:2026-02-30', ['word before:2026-02-30']],
    ['from:ada', ['word from:ada']],
    ['after:', ['word after']],
    ['https://a.example/b', ['word https://a.example/b']],
    ['foo,bar', ['word foo', 'word bar']],
    ['- -- % _', []],
    ['in:in:#a "from:@ada"', ['word in:in:#a', 'phrase "from:@ada"']],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  test('with only exclusions, or without any term, is empty', () => {
    expect(['', '  ', '-draft', '%%%'].map((text) => isEmpty(parseSearch(text)))).toEqual([true, true, true, true]);
    expect(isEmpty(parseSearch('has:link'))).toBe(false);
  });

  test('of 2,000 terms keeps as many as anybody types', () => {
    expect(parseSearch('word '.repeat(2_000)).terms).toHaveLength(maxTerms);
  });

  test('of any text is read without an error, its parts in order', () => {
    const part = fc.oneof(
      fc.constantFrom('"', '-', 'from:', 'in:#', 'on:today', 'has:link', ' ', '"from:', '上海', 'x', '%', '\\', '“'),
      fc.string({ unit: 'binary', maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
        const text = parts.join('');
        const { terms, filters } = parseSearch(text);
        for (const { start, end } of [...terms, ...filters]) expect(start < end && end <= text.length).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });

  test.each(['"', '-"', 'from:', '- ', 'in:"', 'a"b '])('a long query of %j is read in linear time', (unit) => {
    const read = (count: number) => () => void parseSearch(unit.repeat(count));
    // Sixteen times the text: quadratic time would take 256 times as long.
    expect(timesAsLong(read(32_000), read(2_000), 64)).toBeLessThan(64);
  });
});

describe('a day', () => {
  const now = Date.parse('2026-11-26T03:00:00Z');
  const span = (value: string, zone: string) => {
    const { from, until } = dayIn(value, zone, now);
    return [new Date(from).toISOString(), new Date(until).toISOString()];
  };

  test.each([
    ['today', 'UTC', '2026-11-26T00:00:00.000Z', '2026-11-27T00:00:00.000Z'],
    ['today', 'America/Los_Angeles', '2026-11-25T08:00:00.000Z', '2026-11-26T08:00:00.000Z'],
    ['yesterday', 'Asia/Tokyo', '2026-11-24T15:00:00.000Z', '2026-11-25T15:00:00.000Z'],
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
    ['2026-11-20', 'Foo/Bar', '2026-11-20T00:00:00.000Z', '2026-11-21T00:00:00.000Z'],
    ['2026-11-20', '', '2026-11-20T00:00:00.000Z', '2026-11-21T00:00:00.000Z'],
  ])('%s in %s', (value, zone, from, until) => {
    expect(span(value, zone)).toEqual([from, until]);
  });

  test.each(['2026-02-30', '2026-13-01', '26-01-01', 'tomorrow', ''])('%j is none', (value) => {
    expect(isDay(value)).toBe(false);
  });
});

describe('a snippet', () => {
  const marked = (text: string, query: string, isForm?: (word: string, of: string) => boolean) =>
    snippetOf(text, placesOf(text, parseSearch(query), isForm))
      .map(({ text, hit }) => (hit ? `[${text}]` : text))
      .join('');

  test.each([
    ['Deploying the Café', 'cafe', 'Deploying the [Café]'],
    ['Deploying the Café', 'dep', '[Deploying] the Café'],
    ['Deploying the Café', 'de', 'Deploying the Café'],
    ['我家在上海东边', '上海', '我家在[上海]东边'],
    ['我家在上海东边', '上海东边', '我家在[上海东边]'],
    ['我家在上海东边', '上', '我家在[上]海东边'],
    ['see ERR_42-x now', 'err_42-x', 'see [ERR_42-x] now'],
    ['see ERR_42-x now', '42', 'see ERR_[42]-x now'],
    ['at https://a.example/b', 'a.example', 'at https://[a.example]/b'],
    ['new menu, old menu', '"new menu" -old', '[new] [menu], old [menu]'],
  ])('of %j for %j', (text, query, expected) => {
    expect(marked(text, query)).toBe(expected);
  });

  test('marks other forms of a word if they are known', () => {
    expect(marked('It was deployed', 'deploying', (word, of) => word === 'deployed' && of === 'deploying')).toBe(
      'It was [deployed]',
    );
  });

  test('of a long text shows the surroundings of the first hit', () => {
    const parts = marked(`${'filler words '.repeat(100)}needle${' more words'.repeat(100)}`, 'needle');
    expect(parts).toMatch(/^…words (filler words )+\[needle\]( more words)+.*…$/);
    expect(parts.length).toBeLessThan(300);
  });

  test('of any text and query is a part of the text, whole characters only', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 500 }),
        fc.string({ unit: 'grapheme', maxLength: 10 }),
        (text, query) => {
          const parts = snippetOf(text, placesOf(text, parseSearch(query)));
          expect(text).toContain(
            parts
              .filter(({ text }) => text !== '…')
              .map(({ text }) => text)
              .join(''),
          );
          for (const part of parts) expect(part.text.isWellFormed()).toBe(true);
        },
      ),
    );
  });
});
