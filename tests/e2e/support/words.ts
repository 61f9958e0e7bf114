import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { Messages } from 'use-intl/core';
import { createTexts } from '@/client/intl/texts';
import { type Locale, locales } from '@/lib/platform/intl/schema';
import { pseudoCatalogue } from '@/tests/support/pseudo';

/** The interface's text in a language. */
export function wordsIn(locale: Locale) {
  const messages = JSON.parse(readFileSync(`locales/${locale}.json`, 'utf8'));
  return createTexts({ locale: locale === 'ar' ? 'ar-u-nu-latn' : locale, messages, direction: locales[locale].direction })
    .translator;
}

/** The same for the pseudo-language with brackets. */
export const wordsInBrackets = () =>
  createTexts({ locale: 'en', messages: pseudoCatalogue() as unknown as Messages, direction: 'ltr' }).translator;

/** Texts on the page that are in no catalogue, while it is in the pseudo-language. @param names what people wrote */
export async function hardCoded(page: Page, names: string[]): Promise<string[]> {
  const said = await page.evaluate(() => {
    // Texts and names by people, times, keys, code, names of languages and emoji.
    const others =
      '[data-testid=message-text], time, kbd, code, pre, option, [role=option] [dir=auto], [role=dialog] li [dir=auto], [frimousse-list], script, style';
    const texts: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      if (parent && !parent.closest(others) && parent.getClientRects().length > 0)
        texts.push(walker.currentNode.textContent ?? '');
    }
    // A sentence may consist of several elements, so brackets are looked for in the enclosing element too.
    const whole = new Set<string>();
    for (const element of document.body.querySelectorAll('*')) {
      if (element.closest(others)) continue;
      for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-valuetext']) {
        const value = element.getAttribute(name);
        if (value) whole.add(value);
      }
    }
    return [texts.join('\n'), ...whole, document.title];
  });
  return said.flatMap((text) => leftOver(text, names));
}

/** The text outside of all brackets, without names and punctuation. */
function leftOver(text: string, names: string[]): string[] {
  let open = 0;
  let outside = '';
  for (const character of text) {
    if (character === '⟦') open += 1;
    if (open === 0) outside += character;
    if (character === '⟧') open = Math.max(0, open - 1);
  }
  return (
    outside
      .split('\n')
      .map((line) => names.reduce((rest, name) => rest.replaceAll(name, ''), line))
      // Initials in avatars, and handles.
      .map((line) => line.replace(/@[\w.-]+/g, '').trim())
      .filter((line) => /\p{L}{3,}/u.test(line))
  );
}
