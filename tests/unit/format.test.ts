import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyFormat, type Format } from '@/components/messages/format';
import type { Selected } from '@/components/messages/wrapping';

/** `[` and `]` enclose the selection. */
function press(format: Format, shown: string): string {
  const start = shown.indexOf('⟦');
  const text = shown.replace('⟦', '').replace('⟧', '');
  const edited = apply(format, { text, start, end: shown.indexOf('⟧') - 1 });
  return `${edited.text.slice(0, edited.start)}⟦${edited.text.slice(edited.start, edited.end)}⟧${edited.text.slice(edited.end)}`;
}

function apply(format: Format, selected: Selected): Selected {
  const { from, to, insert, start, end } = applyFormat(format, selected);
  return { text: selected.text.slice(0, from) + insert + selected.text.slice(to), start, end };
}

describe('marks', () => {
  test.each<[Format, string, string]>([
    ['bold', 'hello ⟦world ⟧', 'hello **⟦world⟧** '],
    ['bold', 'hello⟦ world ⟧', 'hello **⟦world⟧** '],
    ['italic', '⟦ a b\n⟧', ' _⟦a b⟧_\n'],
    ['code', '⟦x ⟧y', '`⟦x⟧` y'],
    ['bold', '⟦one\n\n two ⟧', '⟦**one**\n\n **two**⟧ '],
    ['bold', '⟦- one\n- **two**\n> three⟧', '⟦- **one**\n- **two**\n> **three**⟧'],
    ['bold', '⟦- one⟧', '- **⟦one⟧**'],
    ['bold', 'is ⟦- one⟧', 'is **⟦- one⟧**'],
    ['bold', '⟦⟧', '**⟦⟧**'],
    ['bold', 'a ⟦ ⟧ b', 'a **⟦⟧**  b'],
    ['code', '⟦a\nb \n⟧', '```\n⟦a\nb⟧\n```\n \n'],
    ['link', 'see ⟦here ⟧now', 'see [here](⟦https://⟧) now'],
    ['link', '⟦https://a.b/ ⟧', '[⟦⟧](https://a.b/) '],
  ])('%s: %s', (format, before, after) => {
    expect(press(format, before)).toBe(after);
  });

  test.each<[Format, string, string]>([
    ['bold', 'a ⟦word ⟧', 'a ⟦word⟧ '],
    ['italic', '⟦one\n\ntwo⟧', '⟦one\n\ntwo⟧'],
    ['bold', '⟦- one\n- two⟧', '⟦- one\n- two⟧'],
    ['code', '⟦a\nb⟧', '⟦a\nb⟧'],
    ['code', '⟦a⟧', '⟦a⟧'],
    ['link', '⟦here⟧', '⟦here⟧'],
    ['bold', '⟦⟧', '⟦⟧'],
  ])('%s twice is as before: %s', (format, before, after) => {
    expect(press(format, press(format, before))).toBe(after);
  });

  test('never touch a blank, and restore the text when applied twice', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n'), minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(texts, fc.nat(), fc.nat(), (text, a, b) => {
        const [start = 0, end = 0] = [a % (text.length + 1), b % (text.length + 1)].sort((x, y) => x - y);
        const once = apply('bold', { text, start, end });
        if (text.slice(start, end).trim() !== '') expect(once.text).not.toMatch(/\*\*\s[^*]*\*\*\s*$|^\s*\*\*\s/);
        expect(apply('bold', once).text).toBe(text);
      }),
    );
  });
});
