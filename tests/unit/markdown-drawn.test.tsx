import { readFileSync } from 'node:fs';
import { common, createLowlight } from 'lowlight';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { isKnownLanguage } from '@/components/messages/code-languages';
import { kinds, type Node, piecesOf } from '@/components/messages/code-pieces';
import { Markdown } from '@/components/messages/markdown';
import { inEnglish } from '@/tests/support/english';

/** The inner HTML of a rendered text. */
const inside = (html: string) => html.replace(/^<div [^>]*>|<\/div>$/g, '');
const draw = (content: string) => inside(renderToStaticMarkup(inEnglish(createElement(Markdown, { content }))));

afterEach(() => {
  vi.doUnmock('@/lib/platform/text/markdown');
  vi.resetModules();
});

describe('a text', () => {
  test('that cannot be rendered is shown as typed', async () => {
    vi.resetModules();
    vi.doMock('@/lib/platform/text/markdown', () => ({
      parseMarkdown: () => {
        throw new RangeError('Maximum call stack size exceeded');
      },
    }));
    const { Markdown: Broken } = await import('@/components/messages/markdown');
    const html = renderToStaticMarkup(createElement(Broken, { content: '**a** <b>\n> c' }));
    expect(inside(html)).toBe('<p class="whitespace-pre-wrap">**a** &lt;b&gt;\n&gt; c</p>');
  });

  test('keeps the numbers of its lists as they were typed, however long', () => {
    expect(draw('1. a\n3. b\n7. c')).toBe(
      '<ol><li value="1" data-marker="1.">a</li><li value="3" data-marker="3.">b</li><li value="7" data-marker="7.">c</li></ol>',
    );
    expect(draw('1986. A year')).toContain('<ol style="--marker:5"><li value="1986" data-marker="1986.">A year');
  });

  test('runs paragraph by paragraph and line by line as its own words do', () => {
    const html = renderToStaticMarkup(createElement(Markdown, { content: '**Hello**\nשלום\n\n> עולם\n\nBye' }));
    expect(html).toMatch(/^<div dir="ltr"/);
    expect(inside(html)).toBe(
      '<p><span class="line" dir="ltr"><strong>Hello</strong></span><span class="line" dir="rtl">שלום</span></p>' +
        '<blockquote dir="rtl"><p>עולם</p></blockquote><p>Bye</p>',
    );
    expect(draw('one\nשתיים')).toBe(
      '<p class="whitespace-pre-wrap"><span class="line" dir="ltr">one</span><span class="line" dir="rtl">שתיים</span></p>',
    );
    expect(draw('| a | שם |\n|---|:-:|\n| 1 | עדה |')).toContain('<td class="to-center" dir="rtl">עדה</td>');
  });

  test('leads out by its links without telling where from', () => {
    expect(draw('[a](https://a.example)')).toBe(
      '<p><a href="https://a.example" target="_blank" rel="noopener noreferrer nofollow">a</a></p>',
    );
  });
});

describe('the colours of code', () => {
  test('are offered for languages that the highlighter has, and for every name of them', () => {
    const { registered, listLanguages } = createLowlight(common);
    for (const name of ['ts', 'c++', 'py', 'yml', 'html', 'sh', ...listLanguages()])
      expect(isKnownLanguage(name), name).toBe(true);
    const names =
      readFileSync('components/messages/code-languages.ts', 'utf8')
        .match(/`([^`]+)`/)?.[1]
        ?.split(/\s+/) ?? [];
    expect(names.length).toBeGreaterThan(80);
    expect(names.filter((name) => !registered(name))).toEqual([]);
  });

  test('change no character, and each kind has one', () => {
    const code = readFileSync('lib/domain/messages/schema.ts', 'utf8');
    const pieces = piecesOf(createLowlight(common).highlight('ts', code) as Node);
    expect(pieces.map(({ text }) => text).join('')).toBe(code);
    expect(pieces.filter(({ kind }) => kind === 'keyword').length).toBeGreaterThan(20);
    const style = readFileSync('components/messages/markdown.css', 'utf8');
    const styled = [...style.matchAll(/\.hljs-([\w-]+)/g)].map((match) => match[1] ?? '');
    expect(kinds.toSorted()).toEqual(styled.toSorted());
  });
});
