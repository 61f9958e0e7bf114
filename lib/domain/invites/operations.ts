import { createInvite } from '@/lib/domain/invites/invite';
import { createInviteSchema, inviteAnswerSchema } from '@/lib/domain/invites/schema';
import { created, operation } from '@/lib/domain/operation';

export const inviteOperations = {
  'invite.create': operation({
    input: createInviteSchema,
    answer: inviteAnswerSchema,
    scope: 'invites:write',
    restOnly: 'Its link leads to the address that the request was sent to.',
    run: async ({ userId }, { address }) => created({ invite: await createInvite(userId, address) }),
  }),
};
