import type { Root } from 'mdast';
import { blocks } from '@/lib/platform/text/blocks';
import { BudgetExceeded, budget, Effort } from '@/lib/platform/text/effort';
import { linesOf } from '@/lib/platform/text/lines';
import { walk } from '@/lib/platform/text/tree';
import { showsSomething } from '@/lib/platform/text/visible';

/**
 * Parses the Markdown of a message (docs/decisions/018-chat-markdown.md). Takes linear time and never throws. Links are http, https or
 * mailto; there are no images and no HTML.
 * @returns null when the message is plain text: without markup, or beyond the budget
 */
export function parseMarkdown(content: string): Root | null {
  if (content.length > budget.characters || isPlain(content)) return null;
  const effort = new Effort(content.length);
  try {
    const root: Root = { type: 'root', children: blocks(linesOf(content), effort) };
    return isFormatted(root, effort.escaped) ? root : null;
  } catch (error) {
    if (error instanceof BudgetExceeded) return null;
    throw error;
  }
}

/** A quick check that saves most messages the parser. False when in doubt. */
export const isPlain = (content: string) => !content.includes('@') && !hasMarks(content);

/** Whether a text may have markup other than mentions and email addresses. */
export const hasMarks = (content: string) => markup.test(content);

const markup = /[*_`#>[|\\<]|~~|:\/\/|www\.|^[ \t]*(?:[-+]|\d{1,9}[.)])[ \t]|---/im;

/** Whether the tree is within the depth limit, has some formatting, and shows something. */
function isFormatted(root: Root, escaped: boolean): boolean {
  let maxDepth = 0;
  let hasFormatting = escaped;
  let visible = false;
  walk(root, (node, depth) => {
    maxDepth = Math.max(maxDepth, depth);
    if (node.type !== 'paragraph' && node.type !== 'text' && node.type !== 'break') hasFormatting = true;
    if ('value' in node ? showsSomething(node.value) : node.type === 'thematicBreak') visible = true;
  });
  return hasFormatting && visible && maxDepth <= budget.depth;
}
