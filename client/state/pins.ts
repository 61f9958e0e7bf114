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

/**
 * Takes what an event says of the conversation's pins.
 * @param rows the loaded messages: a later change of a pinned one may have arrived before this event
 */
export function takePins(conversation: Conversation, incoming: Pins, rows: Message[], me: string): Conversation {
  const { pins: known } = conversation;
  const pins = mergePins(known, { ...incoming, latest: incoming.latest && newestOf(incoming.latest, known, rows, me) });
  return pins === known ? conversation : { ...conversation, pins };
}

function newestOf(incoming: Message, known: Pins | null, rows: Message[], me: string): Message {
  const found = [known?.latest, ...rows].filter((one) => one?.id === incoming.id).at(-1) ?? undefined;
  return found && found.rev >= incoming.rev ? found : withMine(incoming, found, me);
}

/** After a change of the message that was pinned last, the pins show it in its present state. */
export function changePinned(conversation: Conversation, message: Message, me: string): Conversation {
  const { pins } = conversation;
  if (pins?.latest?.id !== message.id || pins.latest.rev >= message.rev) return conversation;
  return { ...conversation, pins: { ...pins, latest: withMine(message, pins.latest, me) } };
}
