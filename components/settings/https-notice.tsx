'use client';
import { LockOpen, X } from 'lucide-react';
import { useState } from 'react';
import { keepHere, recallHere } from '@/client/browser/kept';
import { useMounted } from '@/client/browser/mounted';
import { useMe } from '@/client/state/queries';
import { openSettings, useScreen } from '@/components/conversations/navigate';
import { IconButton } from '@/components/ui/icon-button';

const keptAs = 'parley.https-notice';
const mend = 'caddy reverse-proxy --from chat.example.org --to 127.0.0.1:3000';

/** Said once, at the end of the list, to whoever owns the workspace and can do something about it. */
export function HttpsNotice() {
  const isPlain = useIsPlain();
  const { may } = useMe();
  const inSettings = useScreen() === 'settings';
  const [isDone, setIsDone] = useState(false);
  if (!isPlain || !may.own || inSettings || isDone || recallHere(keptAs)) return null;
  const done = () => {
    keepHere(keptAs, 'seen');
    setIsDone(true);
  };
  const explain = () => {
    done();
    openSettings();
  };
  return (
    <section
      aria-label="HTTPS"
      className="m-2 flex shrink-0 gap-2 rounded-lg border border-line bg-raised py-1 pr-1 pl-3 text-sm"
    >
      <div className="min-w-0 flex-1 py-1.5">
        <p className="text-muted">This page is not on HTTPS: others on the network can read what is sent, passwords too.</p>
        <button
          type="button"
          className="mt-1 font-medium text-accent-text underline-offset-2 hover:underline touch:min-h-11"
          onClick={explain}
        >
          How to mend it
        </button>
      </div>
      <IconButton name="Dismiss" onClick={done}>
        <X className="size-4" />
      </IconButton>
    </section>
  );
}

/** The same in the settings, where it stays, and the way out of it. */
export function HttpsCard() {
  const isPlain = useIsPlain();
  const { may } = useMe();
  if (!isPlain || !may.administer) return null;
  return (
    <section aria-label="HTTPS" className="mx-4 my-4 rounded-lg border border-line bg-surface p-4 sm:mx-0 sm:mt-0 sm:mb-8">
      <h2 className="flex items-center gap-2 font-medium">
        <LockOpen className="size-4 text-muted" />
        This page is not on HTTPS
      </h2>
      <p className="mt-1 text-muted text-sm">
        Everything works, but others on the network can read what is sent here, passwords too. With a name that leads to this
        server, one line gives it HTTPS:
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre tabIndex={0} className="mt-3 overflow-x-auto rounded-md border border-line bg-bg px-3 py-2 font-mono text-sm">
        {mend}
      </pre>
      <p className="mt-3 text-muted text-sm">
        Then set <code className="font-mono">PUBLIC_URL=https://chat.example.org</code> and{' '}
        <code className="font-mono">TRUST_PROXY=1</code>. The rest is in <code className="font-mono">docs/operations.md</code>.
      </p>
    </section>
  );
}

/** Plain http, and not on the same machine. */
const useIsPlain = () => useMounted() && !window.isSecureContext;
