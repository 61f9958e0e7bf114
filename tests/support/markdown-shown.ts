import type { ListItem, Nodes } from 'mdast';
import { parseMarkdown } from '@/lib/platform/text/markdown';

/** The rendered text in the notation of tests/unit/golden-markdown.txt. */
export function shownOf(text: string): string {
  const root = parseMarkdown(text);
  return root ? shown(root) : 'as typed';
}

function shown(node: Nodes): string {
  const inner = 'children' in node ? node.children.map(shown) : [];
  switch (node.type) {
    case 'root':
      return inner.join(' ¶ ');
    case 'paragraph':
      return inner.join('').trim();
    case 'text':
      return node.value;
    case 'break':
      return '⏎';
    case 'mention':
      return `<@${node.handle}>`;
    case 'inlineCode':
      return `<c>${lines(node.value)}</c>`;
    case 'code':
      return `<pre${node.lang ? ` ${node.lang}` : ''}>${lines(node.value)}</pre>`;
    case 'link':
      return inner.join('') === node.url ? `<a>${node.url}</a>` : `<a ${node.url}>${inner.join('')}</a>`;
    case 'blockquote':
      return `<q>${inner.join(' ¶ ')}</q>`;
    case 'listItem':
      return item(node, inner.join(' ¶ '));
    case 'list':
      return node.ordered ? `<ol>${inner.join('')}</ol>` : `<ul>${inner.join('')}</ul>`;
    case 'heading':
      return `<h${node.depth}>${inner.join('')}</h${node.depth}>`;
    case 'thematicBreak':
      return '<hr>';
    default:
      return tagged(node, inner.join(''));
  }
}

function tagged({ type }: Nodes, inner: string): string {
  const tags: Record<string, string> = {
    strong: 'b',
    emphasis: 'i',
    delete: 's',
    table: 'table',
    tableRow: 'tr',
    tableCell: 'td',
  };
  const tag = tags[type];
  if (!tag) throw new Error(`No message has a ${type}.`);
  return `<${tag}>${inner}</${tag}>`;
}

function item({ checked, data }: ListItem, inner: string): string {
  const tag = checked === true ? 'done' : checked === false ? 'task' : 'li';
  return `<${tag}${data?.marker ? ` ${data.marker}` : ''}>${inner}</${tag}>`;
}

const lines = (value: string) => value.replaceAll('\n', '⏎');
