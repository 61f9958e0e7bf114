'use client';

import '@/components/messages/markdown.css';
import { clsx } from 'clsx';
import { createElement, memo, type ReactNode } from 'react';
import { drawMarkdown } from '@/components/messages/markdown-nodes';
import { type Direction, directionOfText } from '@/lib/platform/text/direction';
import { isOnlyEmoji } from '@/lib/platform/text/emoji';
import { parseMarkdown } from '@/lib/platform/text/markdown';

/**
 * Renders a person's Markdown, never HTML, and loads nothing from elsewhere. Rendering never throws, because on the server an
 * error would break the page for everybody. A text that cannot be rendered is shown as typed.
 */
export const Markdown = memo(function Markdown({ content }: { content: string }) {
  const { direction, children } = drawn(content);
  const size = isOnlyEmoji(content) ? 'text-xl leading-9' : undefined;
  return (
    <div dir={direction} data-testid="message-text" className={clsx('message-text', size)}>
      {children}
    </div>
  );
});

interface Drawn {
  /** undefined: the text has no direction */
  direction: Direction | undefined;
  children: ReactNode;
}

function drawn(content: string): Drawn {
  try {
    const root = parseMarkdown(content);
    if (root) return drawMarkdown(root);
  } catch {
    // The fallback shows the whole text.
  }
  return asTyped(content);
}

/** Each line has the direction of its own text. */
function asTyped(content: string): Drawn {
  const direction = directionOfText(content);
  const lines = content.split('\n').map((text) => ({ text, dir: directionOfText(text) ?? direction }));
  if (lines.every(({ dir }) => dir === direction))
    return { direction, children: <p className="whitespace-pre-wrap">{content}</p> };
  const spans = lines.map(({ text, dir }) => createElement('span', { className: 'line', dir }, text));
  return { direction, children: createElement('p', { className: 'whitespace-pre-wrap' }, ...spans) };
}
