import { conversationOperations } from '@/lib/domain/conversations/operations';
import { inviteOperations } from '@/lib/domain/invites/operations';
import { jobOperations } from '@/lib/domain/jobs/operations';
import { messageOperations } from '@/lib/domain/messages/operations';
import { participantOperations } from '@/lib/domain/participants/operations';
import { pinOperations } from '@/lib/domain/pins/operations';
import { presenceOperations } from '@/lib/domain/presence/operations';
import { reactionOperations } from '@/lib/domain/reactions/operations';
import { receiptOperations } from '@/lib/domain/receipts/operations';
import { searchOperations } from '@/lib/domain/search/operations';
import { sessionOperations } from '@/lib/domain/sessions/operations';
import { typingOperations } from '@/lib/domain/typing/operations';
import { userOperations } from '@/lib/domain/users/operations';

/** All operations by name. Both doors read them here. */
export const operations = {
  ...conversationOperations,
  ...messageOperations,
  ...participantOperations,
  ...receiptOperations,
  ...reactionOperations,
  ...pinOperations,
  ...typingOperations,
  ...presenceOperations,
  ...userOperations,
  ...sessionOperations,
  ...inviteOperations,
  ...jobOperations,
  ...searchOperations,
};

export type OperationName = keyof typeof operations;
