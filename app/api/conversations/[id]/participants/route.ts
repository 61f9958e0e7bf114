import { addParticipants, listParticipants } from '@/lib/domain/participants/participant';
import { addParticipantsSchema, listParticipantsSchema } from '@/lib/domain/participants/schema';
import { created, id, route } from '@/lib/doors/rest/route';

export const GET = route(({ userId, params, query }) => listParticipants(userId, id(params.id), query(listParticipantsSchema)));

export const POST = route(async ({ userId, params, body }) => {
  const { userIds } = await body(addParticipantsSchema);
  const { made, ...answer } = await addParticipants(userId, id(params.id), userIds);
  return made ? created(answer) : answer;
});
