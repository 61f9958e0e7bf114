import type { Root } from 'mdast';
import { expect, test } from 'vitest';
import { budget } from '@/lib/platform/text/effort';
import { handlesIn } from '@/lib/platform/text/handles';
import { parseMarkdown } from '@/lib/platform/text/markdown';
import { walk } from '@/lib/platform/text/tree';
import { timesAsLong } from '@/tests/support/cost';
import { longest, ordinaryText, textsOf } from '@/tests/support/markdown-grammar';

// MARKDOWN_SEED repeats a run.
const seed = Number(process.env.MARKDOWN_SEED || Date.now() % 1_000_000);
const count = 20_000;
/** The maximum ratio of the parsing time to that of a plain text of the same length. */
const allowed = 20;
/** For shorter texts the clock is too imprecise. */
const shortestMeasured = 1_000;

const known = new Set([
  ...['blockquote', 'break', 'code', 'delete', 'emphasis', 'heading', 'inlineCode', 'link', 'list', 'listItem', 'mention'],
  ...['paragraph', 'strong', 'table', 'tableCell', 'tableRow', 'text', 'thematicBreak'],
]);

test(`${count} texts of any kind: a tree within its budget, mentions alike for server and screen, and a bounded cost`, {
  timeout: 300_000,
}, () => {
  process.stdout.write(`markdown: MARKDOWN_SEED=${seed}\n`);
  const texts = textsOf(seed);
  let trees = 0;
  let measured = 0;
  for (let read = 0; read < count; read += 1) {
    const text = texts.next();
    const began = performance.now();
    const tree = parseMarkdown(text);
    const took = performance.now() - began;
    const found = tree ? factsOf(tree, text) : undefined;
    expect(handlesIn(text), text).toEqual(found?.handles ?? []);
    trees += found ? 1 : 0;
    if (text.length < shortestMeasured) continue;
    measured += 1;
    if (took > suspicious(text.length)) expect(timesOf(text), text).toBeLessThan(allowed);
  }
  expect(trees).toBeGreaterThan(count / 4);
  expect(measured).toBeGreaterThan(count / 40);
});

/** Checks the invariants of a tree. @returns the handles that it marks */
function factsOf(tree: Root, text: string): { handles: string[] } {
  const handles = new Set<string>();
  let nodes = 0;
  let deepest = 0;
  let characters = 0;
  let shows = false;
  walk(tree, (node, depth) => {
    nodes += 1;
    deepest = Math.max(deepest, depth);
    if (!known.has(node.type)) throw new Error(`A ${node.type} in ${JSON.stringify(text)}`);
    if (node.type === 'mention') handles.add(node.handle);
    if (node.type === 'link') expect(node.url).toMatch(/^(?:https?:\/\/[^/]|mailto:.)/i);
    if (node.type === 'thematicBreak') shows = true;
    if ('value' in node) characters += node.value.length;
    if ('value' in node && node.value.trim() !== '') shows = true;
    if ('children' in node && node.type !== 'tableCell' && node.type !== 'listItem')
      expect(node.children, text).not.toEqual([]);
  });
  expect(nodes, text).toBeLessThanOrEqual(budget.nodes);
  expect(deepest, text).toBeLessThanOrEqual(budget.depth);
  expect(characters, text).toBeLessThanOrEqual(text.length);
  expect(shows, text).toBe(true);
  return { handles: [...handles] };
}

/** Texts that take longer are measured again. At first these are all texts, because the speed of the machine is unknown. */
let usual = 0;
function suspicious(length: number): number {
  if (usual === 0) {
    timesOf(ordinaryText(longest));
    const began = performance.now();
    parseMarkdown(ordinaryText(longest));
    usual = performance.now() - began;
  }
  return (usual * allowed * length) / longest / 2;
}

function timesOf(text: string): number {
  const ordinary = ordinaryText(text.length);
  return timesAsLong(
    () => parseMarkdown(text),
    () => parseMarkdown(ordinary),
    allowed,
  );
}
