import type { Locator } from '@playwright/test';
import type { Message } from '@/lib/domain/messages/schema';
import type { Actor } from '@/tests/e2e/support/actor';

/** A fake answer to every search. */
interface Answer {
  messages?: Message[];
  name?: string;
  indexedUntil?: string;
  correctedTo?: string;
  /** not before */
  after?: Promise<void>;
}

/** Answers searches instead of the server, for results that a test cannot cause on a real one. */
export async function answerSearches(
  { page }: Actor,
  { messages = [], name = '', after, ...answer }: Answer = {},
): Promise<void> {
  const results = messages.map((message) => ({
    message,
    conversation: { id: message.conversationId, kind: 'group', name, image: null },
    snippet: [{ text: message.content, hit: false }],
  }));
  const count = { value: results.length, exact: true };
  const json = { results, nextCursor: null, count, correctedTo: null, indexedUntil: null, indexedSince: null, ...answer };
  await page.route('**/api/search?*', async (route) => {
    await after;
    await route.fulfill({ json });
  });
}

export const panel = ({ page }: Actor): Locator => page.getByRole('complementary', { name: 'Search' });
export const field = (actor: Actor): Locator => panel(actor).getByRole('combobox', { name: 'Search messages' });
export const hits = (actor: Actor): Locator => panel(actor).getByRole('option');

/** Opens the panel and searches. Repeats the search until the index has the messages on screen. */
export async function searchFor(actor: Actor, text: string): Promise<void> {
  if (!(await panel(actor).isVisible())) await actor.page.keyboard.press('Control+Shift+f');
  await field(actor).fill(text);
}
