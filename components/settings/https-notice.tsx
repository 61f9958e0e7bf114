'use client';
import { LockOpen, X } from 'lucide-react';
import { useState } from 'react';
import { readLocal, writeLocal } from '@/client/browser/local-storage';
import { useMounted } from '@/client/browser/mounted';
import { drawn } from '@/client/intl/isolating';
import { useTranslations } from '@/client/intl/translations';
import { useMe } from '@/client/state/queries';
import { openSettings, useScreen } from '@/components/conversations/navigate';
import { IconButton } from '@/components/ui/icon-button';

const keptAs = 'parley.https-notice';
const mend = 'caddy reverse-proxy --from chat.example.org --to 127.0.0.1:3000';

/** A notice at the end of the list, once, for the workspace's owner, who can set up HTTPS. */
export function HttpsNotice() {
  const t = useTranslations('settings');
  const ui = useTranslations('ui');
  const isPlain = useIsPlain();
  const { may } = useMe();
  const inSettings = useScreen() === 'settings';
  const [isDone, setIsDone] = useState(false);
  if (!isPlain || !may.own || inSettings || isDone || readLocal(keptAs)) return null;
  const done = () => {
    writeLocal(keptAs, 'seen');
    setIsDone(true);
  };
  const explain = () => {
    done();
    openSettings();
  };
  return (
    <section
      aria-label="HTTPS"
      className="m-2 flex shrink-0 gap-2 rounded-lg border border-line bg-raised py-1 ps-3 pe-1 text-sm"
    >
      <div className="min-w-0 flex-1 py-1.5">
        <p className="text-muted">{t('httpsNotice')}</p>
        <button
          type="button"
          className="mt-1 font-medium text-accent-text underline-offset-2 hover:underline touch:min-h-11"
          onClick={explain}
        >
          {t('httpsHow')}
        </button>
      </div>
      <IconButton name={ui('dismiss')} onClick={done}>
        <X className="size-4" />
      </IconButton>
    </section>
  );
}

/** The permanent notice in the settings, with the instructions. */
export function HttpsCard() {
  const t = useTranslations('settings');
  const isPlain = useIsPlain();
  const { may } = useMe();
  if (!isPlain || !may.administer) return null;
  return (
    <section aria-label="HTTPS" className="mx-4 my-4 rounded-lg border border-line bg-surface p-4 sm:mx-0 sm:mt-0 sm:mb-8">
      <h2 className="flex items-center gap-2 font-medium">
        <LockOpen className="size-4 text-muted" />
        {t('httpsTitle')}
      </h2>
      <p className="mt-1 text-muted text-sm">{t('httpsCardText')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable by keyboard */}
      <pre tabIndex={0} className="command mt-3 overflow-x-auto rounded-md border border-line bg-bg px-3 py-2 text-sm">
        {mend}
      </pre>
      <p className="mt-3 text-muted text-sm">
        {t.rich('httpsThen', {
          first: drawn(<Code>PUBLIC_URL=https://chat.example.org</Code>),
          second: drawn(<Code>TRUST_PROXY=1</Code>),
          document: drawn(<Code>docs/operations.md</Code>),
        })}
      </p>
    </section>
  );
}

const Code = ({ children }: { children: string }) => <code className="command">{children}</code>;

/** Whether the page uses plain http from another machine. */
const useIsPlain = () => useMounted() && !window.isSecureContext;
