import { archiveUpkeep } from '@/lib/domain/archives/upkeep';
import { attachmentUpkeep } from '@/lib/domain/attachments/upkeep';
import { conversationUpkeep } from '@/lib/domain/conversations/upkeep';
import { inviteUpkeep } from '@/lib/domain/invites/upkeep';
import { messageUpkeep } from '@/lib/domain/messages/upkeep';
import { receiptUpkeep } from '@/lib/domain/receipts/upkeep';
import { sessionUpkeep } from '@/lib/domain/sessions/upkeep';
import { jobUpkeep } from '@/lib/platform/jobs/upkeep';
import type { UpkeepTask } from '@/lib/platform/upkeep/upkeep';

/** All tasks of the regular clean-up, in the order in which they run. A noun's own are in its `upkeep.ts`. */
export const upkeep: UpkeepTask[] = [
  ...messageUpkeep,
  ...sessionUpkeep,
  ...inviteUpkeep,
  ...conversationUpkeep,
  ...archiveUpkeep,
  ...attachmentUpkeep,
  ...receiptUpkeep,
  ...jobUpkeep,
];
