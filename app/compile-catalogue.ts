import compile from 'icu-minify/compile';
import type { Messages } from 'use-intl/core';

/**
 * Parses every message of a catalogue, so that pages need no parser of ICU: client/intl/format-message.ts formats the result.
 * @returns the same keys. TypeScript keeps the type of the texts, which says which values each message takes.
 */
export function compileCatalogue(messages: unknown): Messages {
  // As it would arrive over the network: the compiler's objects have no prototype, and React hands no such object to a page.
  return JSON.parse(JSON.stringify(compileTree(messages))) as Messages;
}

const compileTree = (tree: unknown): unknown =>
  typeof tree === 'string'
    ? compile(tree)
    : Object.fromEntries(Object.entries(tree as object).map(([key, value]) => [key, compileTree(value)]));
