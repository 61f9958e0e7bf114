import type { Root } from 'mdast';
import { blocks } from '@/lib/platform/text/blocks';
import { budget, Effort, TooMuch } from '@/lib/platform/text/effort';
import { linesOf } from '@/lib/platform/text/lines';
import { walk } from '@/lib/platform/text/tree';
import { showsSomething } from '@/lib/platform/text/visible';

/**
 * The Markdown of a message as a tree (docs/decisions/018-chat-markdown.md), or null when it is to be shown as it was
 * typed: because it has none, or more than the budget. It takes time in proportion to the length, and throws nothing.
 * Links lead to http, https and mailto only; there are no images and no HTML.
 */
export function parseMarkdown(content: string): Root | null {
  if (content.length > budget.characters || isPlain(content)) return null;
  const effort = new Effort(content.length);
  try {
    const root: Root = { type: 'root', children: blocks(linesOf(content), effort) };
    return isWorthIt(root, effort.escaped) ? root : null;
  } catch (error) {
    if (error instanceof TooMuch) return null;
    throw error;
  }
}

/** Most messages have no markup: they need no parser. When in doubt, a message has. */
export const isPlain = (content: string) => !content.includes('@') && !hasMarks(content);

/** The same, leaving mentions and addresses of mail aside. */
export const hasMarks = (content: string) => marks.test(content);

const marks = /[*_`#>[|\\<]|~~|:\/\/|www\.|^[ \t]*(?:[-+]|\d{1,9}[.)])[ \t]|---/im;

/** Neither too deep, nor without anything that is more than text, nor with nothing that can be seen. */
function isWorthIt(root: Root, escaped: boolean): boolean {
  let deepest = 0;
  let marked = escaped;
  let visible = false;
  walk(root, (node, depth) => {
    deepest = Math.max(deepest, depth);
    if (node.type !== 'paragraph' && node.type !== 'text' && node.type !== 'break') marked = true;
    if ('value' in node ? showsSomething(node.value) : node.type === 'thematicBreak') visible = true;
  });
  return marked && visible && deepest <= budget.depth;
}
