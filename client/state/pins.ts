import { withMine } from '@/client/state/window';
import type { Conversation, Pins } from '@/lib/domain/conversations/schema';
import type { Message } from '@/lib/domain/messages/schema';

/** The newer of two. At the same version the incoming one counts, because archiving changes what is pinned without a version. */
export function mergePins(known: Pins | null, incoming: Pins | null): Pins | null {
  if (!known || !incoming) return incoming;
  if (incoming.version < known.version) return known;
  const isKnown = known.latest !== null && known.latest.id === incoming.latest?.id && known.latest.rev >= incoming.latest.rev;
  const latest = isKnown ? known.latest : incoming.latest;
  const isSame = latest === known.latest && incoming.count === known.count && incoming.version === known.version;
  return isSame ? known : { ...incoming, latest };
}

/** Takes what an event says of the conversation's pins. */
export function takePins(conversation: Conversation, incoming: Pins, me: string): Conversation {
  const { pins: known } = conversation;
  const before = known?.latest?.id === incoming.latest?.id ? (known?.latest ?? undefined) : undefined;
  const pins = mergePins(known, { ...incoming, latest: incoming.latest && withMine(incoming.latest, before, me) });
  return pins === known ? conversation : { ...conversation, pins };
}

/** After a change of the message that was pinned last, the pins show it in its present state. */
export function changePinned(conversation: Conversation, message: Message, me: string): Conversation {
  const { pins } = conversation;
  if (pins?.latest?.id !== message.id || pins.latest.rev >= message.rev) return conversation;
  return { ...conversation, pins: { ...pins, latest: withMine(message, pins.latest, me) } };
}
