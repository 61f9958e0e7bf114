import shortcodes from 'emojibase-data/en/shortcodes/github.json';
import { describe, expect, test } from 'vitest';
import { completeEmoji, completePeople, findTrigger } from '@/components/messages/completion';
import { ada, grace, person } from '@/tests/unit/cast';

const ana = person('amz', 'Ana Muñoz');
const codes = Object.entries(shortcodes).map(([hex, given]) => [
  hex
    .split('-')
    .map((code) => String.fromCodePoint(Number.parseInt(code, 16)))
    .join(''),
  ...[given].flat(),
]);
const enterTakes = (query: string) => completeEmoji(codes, query)[0]?.begins === true;

describe('the beginning of a completion', () => {
  test.each([
    ['你好@le', 'mention', 'le', 2],
    ['@', 'mention', '', 0],
    ['(@Mu', 'mention', 'Mu', 1],
    ['@मु', 'mention', 'मु', 0],
    ['so :smi', 'emoji', 'smi', 3],
  ])('%s', (text, kind, query, start) => {
    expect(findTrigger(text, text.length)).toEqual({ kind, query, start });
  });

  test.each(['ada@le', 'https://a.b/@le', '12:30', ':D', ':3', ':/', 'a:smile', '@ana mu', '@@le'])(
    'nothing does in %s',
    (text) => {
      expect(findTrigger(text, text.length)).toBeNull();
    },
  );
});

describe('people', () => {
  test('are found by any word of the name and by the handle, without accents and in any case', () => {
    for (const query of ['munoz', 'MUÑ', 'ana', 'amz', 'muño'])
      expect(completePeople([ada, ana, grace], query).map(({ key }) => key)).toEqual([ana.id]);
    expect(completePeople([person('ist', 'İpek Işık')], 'isik')).toHaveLength(1);
    expect(completePeople([ana], 'noz')).toEqual([]);
  });

  test('are taken by Enter once something of them was typed', () => {
    expect(completePeople([ada], 'a')[0]?.begins).toBe(true);
    expect(completePeople([ada], '')[0]?.begins).toBe(false);
  });
});

describe('emoji', () => {
  test.each(['DD', 'DDD', 'PP', 'XD', 'xD', 'dd', 'ppp', 'oo', 'mile'])('Enter sends :%s as typed', (query) => {
    expect(enterTakes(query)).toBe(false);
  });

  test.each(['smi', 'smile', 'thumbs', 'zzz', '+1'])('Enter takes the emoji that :%s begins', (query) => {
    expect(enterTakes(query)).toBe(true);
  });
});
