import { useContext } from 'react';
import { PeopleContext } from '@/components/messages/mention';
import { useClock } from '@/components/state/clock';
import type { Message, SystemMetadata } from '@/lib/messages/schema';

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
      <bdi>{who}</bdi> {sayWhat(metadata, nameOf)}
      <time dateTime={message.createdAt} suppressHydrationWarning className="ml-1.5 text-xs">
        {clock.time(message.createdAt)}
      </time>
    </p>
  );
}

export function sayWhat(metadata: SystemMetadata | null, nameOf: (id: string) => string): string {
  const named = (metadata?.userIds ?? []).map(nameOf);
  const people = listNames(named, metadata?.count ?? named.length);
  switch (metadata?.action) {
    case 'created':
      return metadata.name ? `created the group “${metadata.name}”` : 'created the group';
    case 'joined':
      return 'joined';
    case 'left':
      return 'left';
    case 'added':
      return `added ${people}`;
    case 'removed':
      return `removed ${people}`;
    case 'renamed':
      return `renamed the group to “${metadata.name ?? ''}”`;
    case 'role':
      return metadata.name === 'member' ? `made ${people} a member` : `made ${people} an admin`;
    default:
      return 'changed something';
  }
}

function listNames(names: string[], count: number): string {
  if (count > 4) return `${names.slice(0, 3).join(', ')} and ${count - Math.min(3, names.length)} others`;
  return names.length < 2 ? (names[0] ?? 'somebody') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
