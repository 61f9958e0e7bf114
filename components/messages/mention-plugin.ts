/** The nodes of a Markdown tree, as far as is needed here. */
interface Node {
  type: string;
  value?: string;
  children?: Node[];
  data?: { hName: string; hProperties: Record<string, string> };
}

// As the server reads them: not inside of an e-mail address, a path or a longer word.
const mention = /(?<![\p{L}\p{N}+%@/])@([a-z0-9](?:[a-z0-9._-]{0,30}[a-z0-9])?)(?![\p{L}\p{N}@])/giu;

const untouched = new Set(['link', 'linkReference', 'code', 'inlineCode', 'definition']);

/** Makes an element of each `@handle`, so that it can be shown as who it is. */
export function remarkMentions() {
  return (tree: Node) => {
    markIn(tree);
  };
}

function markIn(node: Node): void {
  if (!node.children || untouched.has(node.type)) return;
  node.children = node.children.flatMap((child) => (child.type === 'text' ? split(child.value ?? '') : [child]));
  for (const child of node.children) if (child.type !== 'mention') markIn(child);
}

function split(text: string): Node[] {
  const parts: Node[] = [];
  let end = 0;
  for (const match of text.matchAll(mention)) {
    if (match.index > end) parts.push({ type: 'text', value: text.slice(end, match.index) });
    const handle = (match[1] ?? '').toLowerCase();
    const data = { hName: 'span', hProperties: { dataMention: handle } };
    parts.push({ type: 'mention', data, children: [{ type: 'text', value: match[0] }] });
    end = match.index + match[0].length;
  }
  if (end < text.length || parts.length === 0) parts.push({ type: 'text', value: text.slice(end) });
  return parts;
}
