'use client';

import { Check, Copy } from 'lucide-react';
import { type ReactElement, type ReactNode, useRef, useState } from 'react';
import { copyRefused, copyText } from '@/components/browser/copy';
import { toast } from '@/components/ui/toast';

const saidForMs = 1_500;

/** Code with its language above, and a way to take it along. */
export function CodeBlock({ children }: { children?: ReactNode }) {
  const pre = useRef<HTMLPreElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await copyText((pre.current?.textContent ?? '').replace(/\n$/, ''));
    } catch {
      toast(copyRefused, { kind: 'failed' });
      return;
    }
    setCopied(true);
    setTimeout(() => setCopied(false), saidForMs);
  };
  return (
    <div className="my-1 overflow-hidden rounded-lg border border-line bg-code" dir="ltr">
      <div className="flex h-8 items-center justify-between border-line border-b pr-1 pl-3 text-muted text-xs">
        <span>{languageOf(children) ?? 'text'}</span>
        <button
          type="button"
          className="flex h-6 items-center gap-1 rounded-md px-1.5 font-medium hover:bg-hover hover:text-text"
          onClick={copy}
        >
          {copied ? <Check className="size-3.5!" /> : <Copy className="size-3.5!" />}
          <span aria-live="polite">{copied ? 'Copied' : 'Copy'}</span>
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre ref={pre} tabIndex={0} className="overflow-x-auto p-3 font-mono text-sm leading-5">
        {children}
      </pre>
    </div>
  );
}

function languageOf(children: ReactNode): string | undefined {
  const { className } = (children as ReactElement<{ className?: string }> | undefined)?.props ?? {};
  return /language-([\w+#-]+)/.exec(className ?? '')?.[1];
}
