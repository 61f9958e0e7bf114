import type { Nodes, PhrasingContent } from 'mdast';

/** Somebody who is addressed by handle. */
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
    /** the number as it was typed, with its full stop or parenthesis; items of bullets have none */
    marker?: string;
  }
}

/** What nodes show, without what it looks like. */
export function textOf(nodes: PhrasingContent[]): string {
  return nodes.map((node) => ('children' in node ? textOf(node.children) : 'value' in node ? node.value : '\n')).join('');
}

/** Calls for each node beneath, in the order of the text, with how deep it is. */
export function walk(node: Nodes, visit: (node: Nodes, depth: number) => void, depth = 1): void {
  if (!('children' in node)) return;
  for (const child of node.children) {
    visit(child, depth);
    walk(child, visit, depth + 1);
  }
}
