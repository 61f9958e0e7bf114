'use client';

import { drawn } from '@/client/intl/isolating';
import { useNames } from '@/client/intl/names';
import { useTranslations } from '@/client/intl/translations';
import { useMe } from '@/client/state/queries';
import { useTypists } from '@/client/typing/typists';

/** "Ada is typing…", in a line that always takes its space, so that nothing moves. */
export function TypingLine({ conversationId }: { conversationId: string }) {
  const me = useMe();
  const names = useTypists(conversationId)
    .filter(({ userId }) => userId !== me.id)
    .map(({ name }) => name);
  return (
    <p role="status" data-testid="typing" className="h-5 truncate px-5 text-muted text-xs leading-5">
      {names.length > 0 && (
        <>
          <span aria-hidden className="me-1.5 inline-flex gap-0.5">
            <i className="size-1 animate-pulse rounded-full bg-current" />
            <i className="size-1 animate-pulse rounded-full bg-current [animation-delay:200ms]" />
            <i className="size-1 animate-pulse rounded-full bg-current [animation-delay:400ms]" />
          </span>
          <Typists names={names} />
        </>
      )}
    </p>
  );
}

function Typists({ names }: { names: string[] }) {
  const t = useTranslations('messages.typing');
  const list = useNames();
  const [first = ''] = names;
  if (names.length > 3) return t('several');
  if (names.length === 1) return t.rich('one', { person: first });
  return t.rich('some', { people: drawn(list.drawn(names)) });
}
