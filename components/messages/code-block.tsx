'use client';

import { createElement, Fragment, type ReactNode, type RefObject, startTransition, useEffect, useRef, useState } from 'react';
import { copyText } from '@/client/browser/copy';
import { useTranslations } from '@/client/intl/translations';
import { isKnownLanguage } from '@/components/messages/code-languages';
import { highlight, type Piece } from '@/components/messages/highlighter';
import { toast } from '@/components/ui/toast';

interface Props {
  code: string;
  /** as typed after the fence */
  language: string | null;
}

/** Code with its language and a copy button. Highlighting starts when the code is in view, and moves nothing. */
export function CodeBlock({ code, language }: Props) {
  const t = useTranslations('messages');
  const pre = useRef<HTMLPreElement>(null);
  const pieces = useColours(pre, code, language);
  return (
    <div className="code-block" dir="ltr">
      <div>
        <span>{language ?? t('text')}</span>
        <CopyButton text={code} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre ref={pre} tabIndex={0}>
        <code>{pieces ? paint(pieces) : code}</code>
      </pre>
    </div>
  );
}

const saidForMs = 1_500;

function CopyButton({ text }: { text: string }) {
  const t = useTranslations('ui');
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await copyText(text);
    } catch {
      return toast(t('copyRefused'), { kind: 'failed' });
    }
    setCopied(true);
    setTimeout(() => setCopied(false), saidForMs);
  };
  return (
    <button type="button" aria-live="polite" onClick={copy}>
      {copied ? t('copied') : t('copy')}
    </button>
  );
}

/** Longer code is not highlighted. */
const maxCharacters = 20_000;

function useColours(pre: RefObject<HTMLPreElement | null>, code: string, language: string | null): Piece[] | null {
  const [found, setFound] = useState<{ code: string; pieces: Piece[] } | null>(null);
  const name = language?.toLowerCase() ?? '';
  useEffect(() => {
    if (!pre.current || code.length > maxCharacters || !isKnownLanguage(name)) return;
    let isWanted = true;
    const colour = async () => {
      const pieces = await highlight(name, code);
      if (isWanted && pieces) startTransition(() => setFound({ code, pieces }));
    };
    const observer = new IntersectionObserver(([entry]) => {
      if (!entry?.isIntersecting) return;
      observer.disconnect();
      void colour();
    });
    observer.observe(pre.current);
    return () => {
      isWanted = false;
      observer.disconnect();
    };
  }, [pre, code, name]);
  return found?.code === code ? found.pieces : null;
}

/** The rest of the text is not highlighted: laying out so many elements takes a while. */
const maxPieces = 2_000;

function paint(pieces: Piece[]): ReactNode {
  const coloured = pieces
    .slice(0, maxPieces)
    .map(({ text, kind }) => (kind ? createElement('span', { className: `hljs-${kind}` }, text) : text));
  const rest = pieces.slice(maxPieces).map(({ text }) => text);
  return createElement(Fragment, null, ...coloured, rest.join(''));
}
