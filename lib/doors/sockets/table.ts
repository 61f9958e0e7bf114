import type { ClientRequests, DataOf } from '@/lib/domain/contract';
import { conversationRequests } from '@/lib/doors/sockets/handlers/conversations';
import { messageRequests } from '@/lib/doors/sockets/handlers/messages';
import { participantRequests } from '@/lib/doors/sockets/handlers/participants';
import { presenceRequests } from '@/lib/doors/sockets/handlers/presence';
import { reactionRequests } from '@/lib/doors/sockets/handlers/reactions';
import { receiptRequests } from '@/lib/doors/sockets/handlers/receipts';
import { typingRequests } from '@/lib/doors/sockets/handlers/typing';
import type { RequestEntry } from '@/lib/doors/sockets/request';

/** Every request of the contract. */
export const table: { [Name in keyof ClientRequests]: RequestEntry<DataOf<Name>> } = {
  ...conversationRequests,
  ...messageRequests,
  ...participantRequests,
  ...presenceRequests,
  ...reactionRequests,
  ...receiptRequests,
  ...typingRequests,
};
