import type { Nodes, PhrasingContent } from 'mdast';

/** A mention of a person by handle. */
export interface Mention {
  type: 'mention';
  /** lower case, without the `@` */
  handle: string;
  /** as it was typed, with the `@` */
  value: string;
}

declare module 'mdast' {
  interface PhrasingContentMap {
    mention: Mention;
  }
  interface RootContentMap {
    mention: Mention;
  }
  interface ListItemData {
    /** the number as typed, with its dot or parenthesis; undefined for bullets */
    marker?: string;
  }
}

/** The text of nodes, without formatting. */
export function textOf(nodes: PhrasingContent[]): string {
  return nodes.map((node) => ('children' in node ? textOf(node.children) : 'value' in node ? node.value : '\n')).join('');
}

/** Visits all descendants in text order, with their depth. */
export function walk(node: Nodes, visit: (node: Nodes, depth: number) => void, depth = 1): void {
  if (!('children' in node)) return;
  for (const child of node.children) {
    visit(child, depth);
    walk(child, visit, depth + 1);
  }
}
