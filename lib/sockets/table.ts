import type { ClientEvents, DataOf } from '@/lib/realtime/events';
import type { SocketEvent } from '@/lib/sockets/event';
import { conversationEvents } from '@/lib/sockets/handlers/conversations';
import { messageEvents } from '@/lib/sockets/handlers/messages';
import { participantEvents } from '@/lib/sockets/handlers/participants';
import { presenceEvents } from '@/lib/sockets/handlers/presence';
import { reactionEvents } from '@/lib/sockets/handlers/reactions';
import { receiptEvents } from '@/lib/sockets/handlers/receipts';
import { typingEvents } from '@/lib/sockets/handlers/typing';

/** Every client event of the contract. */
export const table: { [Name in keyof ClientEvents]: SocketEvent<DataOf<Name>> } = {
  ...conversationEvents,
  ...messageEvents,
  ...participantEvents,
  ...presenceEvents,
  ...reactionEvents,
  ...receiptEvents,
  ...typingEvents,
};
