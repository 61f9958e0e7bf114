import compile from 'icu-minify/compile';
import type { Messages } from 'use-intl/core';

/**
 * Parses every message of a catalogue, so that pages need no ICU parser: client/intl/format-message.ts formats the result.
 * @returns the same keys. TypeScript keeps the type of the texts, which has the values of each message
 */
export function compileCatalogue(messages: unknown): Messages {
  // Plain objects, as after a transfer: the compiler's objects have no prototype, and React passes no such object to a page.
  return JSON.parse(JSON.stringify(compileTree(messages))) as Messages;
}

const compileTree = (tree: unknown): unknown =>
  typeof tree === 'string'
    ? compile(tree)
    : Object.fromEntries(Object.entries(tree as object).map(([key, value]) => [key, compileTree(value)]));
