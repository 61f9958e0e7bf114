import { budget } from '@/lib/platform/text/effort';
import { addressAround } from '@/lib/platform/text/links';
import { hasMarks, parseMarkdown } from '@/lib/platform/text/markdown';
import { mentionAt } from '@/lib/platform/text/mentions';
import { walk } from '@/lib/platform/text/tree';

/** The handles that a text addresses, lower case, each once: those which are marked where the text is shown. */
export function handlesIn(content: string): string[] {
  if (!content.includes('@')) return [];
  return [...new Set(isSimple(content) ? scanned(content) : marked(content))];
}

/** Has no marks but `@`, and not so many of them, or lines, that it could be more than is shown as Markdown. */
function isSimple(content: string): boolean {
  return !hasMarks(content) && (content.match(/[@\r\n]/g)?.length ?? 0) * nodesEach + nodesEach <= budget.nodes;
}

/** A link or a mention with its text, and the text behind it; a break, or a paragraph, and its text. */
const nodesEach = 3;

/** As a parser would find them where there is nothing else to find. */
function scanned(content: string): string[] {
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

function marked(content: string): string[] {
  const handles: string[] = [];
  const root = parseMarkdown(content);
  if (root) walk(root, (node) => node.type === 'mention' && handles.push(node.handle));
  return handles;
}
