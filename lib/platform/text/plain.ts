import type { Nodes } from 'mdast';
import { parseMarkdown } from '@/lib/platform/text/markdown';

/** What a message shows, on one line and without marks, for previews and quotes. */
export function plainText(content: string): string {
  const beginning = content.slice(0, previewed);
  const root = parseMarkdown(beginning);
  return oneLine(root ? shown(root) : beginning) || oneLine(beginning);
}

/** More of a text is on no line. */
const previewed = 1_000;

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

function shown(node: Nodes): string {
  if (node.type === 'listItem') return `${node.data?.marker ?? ''} ${node.children.map(shown).join(' ')}`;
  if ('children' in node) return node.children.map(shown).join(isPhrasing(node) ? '' : ' ');
  return 'value' in node ? node.value : ' ';
}

const isPhrasing = ({ type }: Nodes) => !['root', 'blockquote', 'list', 'table', 'tableRow'].includes(type);
