import type { Operation } from '@/lib/domain/operation';
import { operations } from '@/lib/domain/operations';
import type { ClientRequests, DataOf, SocketOperationName } from '@/lib/domain/requests';
import { conversationRequests } from '@/lib/doors/sockets/handlers/conversations';
import { messageRequests } from '@/lib/doors/sockets/handlers/messages';
import { presenceRequests } from '@/lib/doors/sockets/handlers/presence';
import { type RequestEntry, request } from '@/lib/doors/sockets/request';

const plainRequests = Object.fromEntries(
  Object.entries<Operation>(operations).flatMap(([name, entry]) => (entry.restOnly ? [] : [[name, request(entry)]])),
) as { [Name in SocketOperationName]: RequestEntry<DataOf<Name>> };

/** All requests of the contract: the operations, with the effects of some on the socket. */
export const table: { [Name in keyof ClientRequests]: RequestEntry<DataOf<Name>> } = {
  ...plainRequests,
  ...conversationRequests,
  ...messageRequests,
  ...presenceRequests,
};
