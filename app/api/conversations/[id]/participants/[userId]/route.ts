import { joinConversation, removeParticipant, updateParticipant } from '@/lib/domain/participants/participant';
import { updateParticipantSchema } from '@/lib/domain/participants/schema';
import { created, id, noContent, route } from '@/lib/doors/rest/route';
import { notFound } from '@/lib/platform/errors/error';

export const PUT = route(async ({ userId, params }) => {
  // One joins for oneself alone.
  if (person(params.userId, userId) !== userId) throw notFound();
  const { made, ...answer } = await joinConversation(userId, id(params.id));
  return made ? created(answer) : answer;
});

export const PATCH = route(async ({ userId, params, body }) => {
  const input = await body(updateParticipantSchema);
  return { participant: await updateParticipant(userId, id(params.id), person(params.userId, userId), input) };
});

export const DELETE = route(async ({ userId, params }) => {
  await removeParticipant(userId, id(params.id), person(params.userId, userId));
  return noContent();
});

const person = (segment: string | undefined, userId: string) => (segment === 'me' ? userId : id(segment));
