import { createElement, type ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Markdown } from '@/components/messages/markdown';
import { PeopleContext } from '@/components/messages/mention';
import { timesAsLong } from '@/tests/support/cost';
import { inEnglish } from '@/tests/support/english';
import { hostileTexts } from '@/tests/support/hostile-texts';
import { longest, ordinaryText, textsOf } from '@/tests/support/markdown-grammar';

// MARKDOWN_SEED repeats a run.
const seed = Number(process.env.MARKDOWN_SEED || Date.now() % 1_000_000);
const count = 5_000;
/** The maximum size of the rendered HTML, and the maximum ratio of the time to that of a plain text of the same length. */
const mostOutput = 40;
const maxTimes = 20;
/** The element around every text. */
const around = 200;

/** A person whose name is as long in HTML as possible. */
const lena = { id: 'lena', name: '&'.repeat(80), handle: 'lena', image: null };
const ada = { ...lena, id: 'ada', handle: 'ada' };
const people = { me: 'ada', byHandle: new Map([lena, ada].map((person) => [person.handle, person])) };

const page = (...children: ReactNode[]) => inEnglish(createElement(PeopleContext, { value: people }, ...children));
const draw = (text: string) => renderToStaticMarkup(page(createElement(Markdown, { content: text })));
/** Names are not part of the text. At most so many are rendered, however many people are mentioned. */
const mostNames = 50;

function expectBounded(html: string, text: string): void {
  const names = html.match(/ title="[^"]*"/g) ?? [];
  expect(names.length, text).toBeLessThanOrEqual(mostNames);
  expect(html.length - names.join('').length, text).toBeLessThanOrEqual(mostOutput * text.length + around);
}

const timesOf = (text: string) => {
  const ordinary = ordinaryText(text.length);
  return timesAsLong(
    () => draw(text),
    () => draw(ordinary),
    maxTimes,
  );
};

test(`${count} texts of any kind are drawn, into a bounded output and at a bounded cost`, { timeout: 300_000 }, () => {
  process.stdout.write(`markdown: MARKDOWN_SEED=${seed}\n`);
  const texts = textsOf(seed);
  draw(ordinaryText(longest));
  const from = performance.now();
  draw(ordinaryText(longest));
  const usual = performance.now() - from;
  for (let drawn = 0; drawn < count; drawn += 1) {
    const text = texts.next();
    const began = performance.now();
    const html = draw(text);
    const took = performance.now() - began;
    expectBounded(html, text);
    // A text that took suspiciously long is measured again, next to a plain one.
    if (text.length > 1_000 && took > (usual * maxTimes * text.length) / longest / 2)
      expect(timesOf(text), text).toBeLessThan(maxTimes);
  }
});

test.each(Object.entries(hostileTexts))('%s cost no more than twenty ordinary texts', (_, text) => {
  expectBounded(draw(text), text);
  expect(timesOf(text)).toBeLessThan(maxTimes);
});

test('fifty hostile texts cost no more together than each of them alone', () => {
  const all = (texts: string[]) => renderToStaticMarkup(page(...texts.map((content) => createElement(Markdown, { content }))));
  const hostile = Object.values(hostileTexts);
  const fifty = Array.from({ length: 50 }, (_, n) => hostile[n % hostile.length] ?? '');
  const ordinary = Array.from({ length: 50 }, () => ordinaryText(longest));
  const times = timesAsLong(
    () => all(fifty),
    () => all(ordinary),
    maxTimes,
  );
  expect(times).toBeLessThan(maxTimes);
});
