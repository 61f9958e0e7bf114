'use client';

import '@/components/messages/markdown.css';
import { clsx } from 'clsx';
import { memo, type ReactNode } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import rehypeHighlight from 'rehype-highlight';
import remarkBreaks from 'remark-breaks';
import remarkGfm from 'remark-gfm';
import { CodeBlock } from '@/components/messages/code-block';
import { Mention } from '@/components/messages/mention';
import { remarkMentions } from '@/components/messages/mention-plugin';

/** What somebody wrote: Markdown, never HTML, and nothing is loaded from elsewhere by looking at it. */
export const Markdown = memo(function Markdown({ content }: { content: string }) {
  const size = isOnlyEmoji(content) ? 'text-xl leading-9' : undefined;
  return (
    <div dir="auto" data-testid="message-text" className={clsx('message-text', size)}>
      {isPlain(content) ? (
        <p className="whitespace-pre-wrap">{content}</p>
      ) : (
        <ReactMarkdown remarkPlugins={remarkPlugins} rehypePlugins={rehypePlugins} components={components}>
          {content}
        </ReactMarkdown>
      )}
    </div>
  );
});

/** Up to a dozen emoji and nothing else are shown large. */
export function isOnlyEmoji(content: string): boolean {
  const text = content.replace(/\s/g, '');
  return text.length > 0 && text.length <= 96 && onlyEmoji.test(text);
}

const onlyEmoji = /^\p{RGI_Emoji}{1,12}$/v;

/** Most messages have no markup: they need no parser. When in doubt, it has. */
const markup = /[*_`~#>[\]|\\<&@]|:\/\/|www\.|^\s*[-+=]|^\s*\d+[.)]|^ {4}|^\t|\n\s*\n/m;
const isPlain = (content: string) => !markup.test(content);

const remarkPlugins = [remarkGfm, remarkBreaks, remarkMentions];
const rehypePlugins = [rehypeHighlight];

const Title = ({ children }: { children?: ReactNode }) => (
  <p dir="auto" className="font-semibold">
    {children}
  </p>
);

const components: Components = {
  h1: Title,
  h2: Title,
  h3: Title,
  h4: Title,
  h5: Title,
  h6: Title,
  p: ({ children }) => <p dir="auto">{children}</p>,
  pre: ({ children }) => <CodeBlock>{children}</CodeBlock>,
  a: ({ href, children }) => <OutLink href={href}>{children}</OutLink>,
  img: ({ src, alt }) => <OutLink href={typeof src === 'string' ? src : undefined}>{alt || String(src)}</OutLink>,
  table: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div tabIndex={0} className="max-w-full overflow-x-auto">
      <table>{children}</table>
    </div>
  ),
  input: ({ checked }) => (
    <input
      type="checkbox"
      checked={checked}
      disabled
      aria-label={checked ? 'Done' : 'To do'}
      className="mr-1.5 accent-accent"
    />
  ),
  span: ({ children, node, ...rest }) => {
    const handle = node?.properties.dataMention;
    return typeof handle === 'string' ? <Mention handle={handle}>{children}</Mention> : <span {...rest}>{children}</span>;
  },
};

/** Leads out of the page: it learns nothing of where it was followed from. */
function OutLink({ href, children }: { href: string | undefined; children?: ReactNode }) {
  if (!href) return <span>{children}</span>;
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className="text-accent-text underline decoration-1 underline-offset-2 hover:decoration-2"
    >
      {children}
    </a>
  );
}
