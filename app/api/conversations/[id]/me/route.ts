import { updateMembership } from '@/lib/domain/conversations/conversation';
import { updateMembershipSchema } from '@/lib/domain/conversations/schema';
import { id, route } from '@/lib/doors/rest/route';

export const PATCH = route(async ({ userId, params, body }) => ({
  conversation: await updateMembership(userId, id(params.id), await body(updateMembershipSchema)),
}));
