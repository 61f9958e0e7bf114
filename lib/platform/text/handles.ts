import { budget } from '@/lib/platform/text/effort';
import { addressAround } from '@/lib/platform/text/links';
import { hasMarks, parseMarkdown } from '@/lib/platform/text/markdown';
import { mentionAt } from '@/lib/platform/text/mentions';
import { walk } from '@/lib/platform/text/tree';

/** The distinct handles that a text mentions, in lower case: the same ones that are highlighted when it is shown. */
export function handlesIn(content: string): string[] {
  if (!content.includes('@')) return [];
  return [...new Set(isSimple(content) ? scanHandles(content) : parseHandles(content))];
}

/** Whether the text has no markup but `@`, and too few nodes to exceed the Markdown budget. */
function isSimple(content: string): boolean {
  return !hasMarks(content) && (content.match(/[@\r\n]/g)?.length ?? 0) * nodesPerMark + nodesPerMark <= budget.nodes;
}

/** Nodes per `@` or line: a link or mention with its text and the text after it; or a break or paragraph with its text. */
const nodesPerMark = 3;

/** A fast scan, equivalent to the parser for simple texts. */
function scanHandles(content: string): string[] {
  const handles: string[] = [];
  let from = 0;
  for (let at = content.indexOf('@'); at !== -1; at = content.indexOf('@', Math.max(at + 1, from))) {
    const address = addressAround(content, at, from);
    const mention = address ? undefined : mentionAt(content, at);
    if (mention) handles.push(mention.handle);
    if (address) from = address.end;
    else if (mention) from = at + mention.value.length;
  }
  return handles;
}

function parseHandles(content: string): string[] {
  const handles: string[] = [];
  const root = parseMarkdown(content);
  if (root) walk(root, (node) => node.type === 'mention' && handles.push(node.handle));
  return handles;
}
