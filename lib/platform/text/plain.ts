import type { Nodes } from 'mdast';
import { parseMarkdown } from '@/lib/platform/text/markdown';

/** The text of a message on one line, without markup, for previews and quotes. */
export function plainText(content: string): string {
  const beginning = content.slice(0, maxRead);
  const root = parseMarkdown(beginning);
  return oneLine(root ? visibleText(root) : beginning) || oneLine(beginning);
}

/** Only this many characters are read, since no preview shows more. */
const maxRead = 1_000;

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

function visibleText(node: Nodes): string {
  if (node.type === 'listItem') return `${node.data?.marker ?? ''} ${node.children.map(visibleText).join(' ')}`;
  if ('children' in node) return node.children.map(visibleText).join(isPhrasing(node) ? '' : ' ');
  return 'value' in node ? node.value : ' ';
}

const isPhrasing = ({ type }: Nodes) => !['root', 'blockquote', 'list', 'table', 'tableRow'].includes(type);
