import { updateMembership } from '@/lib/conversations/conversation';
import { updateMembershipSchema } from '@/lib/conversations/schema';
import { id, route } from '@/lib/rest/route';

export const PATCH = route(async ({ userId, params, body }) => ({
  conversation: await updateMembership(userId, id(params.id), await body(updateMembershipSchema)),
}));
