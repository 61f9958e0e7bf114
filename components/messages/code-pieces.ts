import type { Piece } from '@/components/messages/highlighter';

/** The part of the highlighter's tree that is read here. */
export interface Node {
  type: string;
  value?: string;
  properties?: { className?: string[] };
  children?: Node[];
}

/** The kinds with a colour (markdown.css). */
export const kinds = [
  ...['comment', 'quote', 'keyword', 'selector-tag', 'doctag', 'meta', 'string', 'regexp', 'addition', 'number', 'literal'],
  ...['symbol', 'bullet', 'title', 'section', 'built_in', 'type', 'name', 'attr', 'attribute', 'variable', 'template-variable'],
  ...['selector-class', 'selector-id', 'deletion', 'emphasis', 'strong'],
];

/** The text in its order. Each piece has the innermost kind around it. */
export function piecesOf(tree: Node): Piece[] {
  const pieces: Piece[] = [];
  const walk = (node: Node, kind: string | null) => {
    if (node.type === 'text') {
      const last = pieces.at(-1);
      if (last?.kind === kind) last.text += node.value ?? '';
      else pieces.push({ text: node.value ?? '', kind });
    }
    const own = node.properties?.className?.map((name) => name.replace(/^hljs-/, '')).find((name) => kinds.includes(name));
    for (const child of node.children ?? []) walk(child, own ?? kind);
  };
  walk(tree, null);
  return pieces;
}
