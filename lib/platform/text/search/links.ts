import { parseMarkdown } from '@/lib/platform/text/markdown';
import { walk } from '@/lib/platform/text/tree';

/** The distinct web addresses that a text links to, in order: the same ones that are links where the text is shown. */
export function linksIn(content: string): string[] {
  if (!mayLink.test(content)) return [];
  const urls = new Set<string>();
  const root = parseMarkdown(content);
  if (root) walk(root, (node) => node.type === 'link' && isWeb.test(node.url) && urls.add(node.url));
  return [...urls];
}

const mayLink = /:\/\/|www\./i;
const isWeb = /^https?:/i;
