import { Fragment, type ReactNode, useContext } from 'react';
import { PeopleContext } from '@/components/messages/mention';
import { useClock } from '@/components/shell/clock';
import type { Message, SystemMetadata } from '@/lib/domain/messages/schema';

/** What happened to the conversation, in words. */
export function SystemLine({ message }: { message: Message }) {
  const { me, byHandle } = useContext(PeopleContext);
  const clock = useClock();
  const metadata = message.metadata as unknown as SystemMetadata | null;
  const names = new Map([...byHandle.values()].map(({ id, name }) => [id, name]));
  const nameOf = (id: string) => (id === me ? 'you' : (names.get(id) ?? metadata?.names?.[id] ?? 'somebody'));
  const who = message.sender.id === me ? 'You' : message.sender.name;
  return (
    <p className="px-5 py-1.5 text-center text-faint text-sm">
      <bdi>{who}</bdi> <What metadata={metadata} nameOf={nameOf} />
      <time dateTime={message.createdAt} suppressHydrationWarning className="ml-1.5 text-xs">
        {clock.time(message.createdAt)}
      </time>
    </p>
  );
}

/** Every name in it is isolated: one of the other direction would draw the words and the time beside it along. */
function What({ metadata, nameOf }: { metadata: SystemMetadata | null; nameOf: (id: string) => string }): ReactNode {
  const ids = metadata?.userIds ?? [];
  const people = <People names={ids.map(nameOf)} count={metadata?.count ?? ids.length} />;
  const title = <bdi>{metadata?.name ?? ''}</bdi>;
  switch (metadata?.action) {
    case 'created':
      return metadata.name ? <>created the group “{title}”</> : 'created the group';
    case 'joined':
      return 'joined';
    case 'left':
      return 'left';
    case 'added':
      return <>added {people}</>;
    case 'removed':
      return <>removed {people}</>;
    case 'renamed':
      return <>renamed the group to “{title}”</>;
    case 'role':
      return (
        <>
          made {people} {metadata.name === 'member' ? 'a member' : 'an admin'}
        </>
      );
    default:
      return 'changed something';
  }
}

/** 'Ada, Ben and Cleo', 'Ada, Ben, Cleo and 12 others' */
function People({ names, count }: { names: string[]; count: number }): ReactNode {
  if (names.length === 0) return 'somebody';
  const shown = count > 4 ? names.slice(0, 3) : names;
  const others = count > 4 ? count - shown.length : 0;
  return shown.map((name, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: two of one name are told apart by nothing else here
    <Fragment key={index}>
      {index > 0 && (index === shown.length - 1 && others === 0 ? ' and ' : ', ')}
      <bdi>{name}</bdi>
      {index === shown.length - 1 && others > 0 && ` and ${others} others`}
    </Fragment>
  ));
}
