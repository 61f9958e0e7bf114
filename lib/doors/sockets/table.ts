import type { ClientEvents, DataOf } from '@/lib/domain/contract';
import type { SocketEvent } from '@/lib/doors/sockets/event';
import { conversationEvents } from '@/lib/doors/sockets/handlers/conversations';
import { messageEvents } from '@/lib/doors/sockets/handlers/messages';
import { participantEvents } from '@/lib/doors/sockets/handlers/participants';
import { presenceEvents } from '@/lib/doors/sockets/handlers/presence';
import { reactionEvents } from '@/lib/doors/sockets/handlers/reactions';
import { receiptEvents } from '@/lib/doors/sockets/handlers/receipts';
import { typingEvents } from '@/lib/doors/sockets/handlers/typing';

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
