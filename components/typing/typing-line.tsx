'use client';

import { useMe } from '@/client/state/queries';
import { useTypists } from '@/client/typing/typists';

/** "Ada is typing…", in a line that is always there, so that nothing moves. */
export function TypingLine({ conversationId }: { conversationId: string }) {
  const me = useMe();
  const names = useTypists(conversationId)
    .filter(({ userId }) => userId !== me.id)
    .map(({ name }) => name);
  return (
    <p role="status" data-testid="typing" className="h-5 truncate px-5 text-muted text-xs leading-5">
      {names.length > 0 && (
        <>
          <span aria-hidden className="mr-1.5 inline-flex gap-0.5">
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
  const [first, second, third] = names.map((name) => <bdi key={name}>{name}</bdi>);
  if (names.length > 3) return 'Several people are typing…';
  if (names.length === 1) return <>{first} is typing…</>;
  if (names.length === 2)
    return (
      <>
        {first} and {second} are typing…
      </>
    );
  return (
    <>
      {first}, {second} and {third} are typing…
    </>
  );
}
