import { findConversationFor, lockConversation, lockConversationFor } from '@/lib/domain/conversations/access';
import { demand, mayJoin } from '@/lib/domain/conversations/permissions';
import type { Conversation } from '@/lib/domain/conversations/schema';
import { shapeConversation } from '@/lib/domain/conversations/shape';
import { prepareSystemMessage } from '@/lib/domain/messages/message';
import { requireUsers } from '@/lib/domain/participants/access';
import { pageOfParticipants } from '@/lib/domain/participants/pages';
import type {
  ListParticipantsQuery,
  Participant,
  ParticipantPage,
  UpdateParticipantInput,
} from '@/lib/domain/participants/schema';
import { participantOf, participantsOf } from '@/lib/domain/participants/shape';
import { announceGone, announceNewcomers, announceRole } from '@/lib/domain/participants/system-messages';
import { adminsOf, endParticipation, insertParticipants, setRole } from '@/lib/domain/participants/writer';
import { serialize } from '@/lib/platform/async/serialize';
import { transaction } from '@/lib/platform/db/sql';
import { conflict, notFound } from '@/lib/platform/errors/error';

/** Maximum number of ids in a system message, which also has the total count. */
const named = 20;

/**
 * The participants, longest-standing first.
 * @throws NOT_FOUND
 */
export async function listParticipants(
  userId: string,
  conversationId: string,
  query: ListParticipantsQuery,
): Promise<ParticipantPage> {
  await findConversationFor(userId, conversationId);
  return pageOfParticipants(conversationId, query.cursor, query.limit);
}

/**
 * Adds people to a group. Existing participants stay unchanged.
 * @returns `participants`: the requested people, `made`: whether one of them is new
 * @throws NOT_FOUND also when one of the people does not exist
 * @throws FORBIDDEN for members of a private group, and in a direct conversation
 * @throws CONFLICT when the group would have too many members
 */
export async function addParticipants(
  userId: string,
  conversationId: string,
  userIds: string[],
): Promise<{ conversation: Conversation; participants: Participant[]; made: boolean }> {
  const post = await serialize(conversationId, async () => {
    const added = await transaction(async (client) => {
      const found = await lockConversationFor(userId, conversationId, client);
      demand('addPeople', found);
      await requireUsers(userIds, client);
      const newcomers = await insertParticipants(found.conversation, userIds, client);
      const count = newcomers.length;
      const metadata = { action: 'added' as const, userIds: newcomers.slice(0, named), count };
      return { newcomers, post: count > 0 && (await prepareSystemMessage(client, conversationId, userId, metadata)) };
    });
    await announceNewcomers(conversationId, added.newcomers);
    return added.post;
  });
  if (post) await post();
  const [conversation, participants] = await Promise.all([
    shapeConversation(conversationId, userId),
    participantsOf(conversationId, userIds),
  ]);
  return { conversation, participants, made: post !== false };
}

/**
 * Joins a public group. Repeated, it changes nothing.
 * @throws NOT_FOUND when the group is private and the person is not in it
 * @throws CONFLICT when the group would have too many members
 */
export async function joinConversation(
  userId: string,
  conversationId: string,
): Promise<{ conversation: Conversation; participant: Participant; made: boolean }> {
  const post = await serialize(conversationId, async () => {
    const joined = await transaction(async (client) => {
      const { conversation, participant } = await lockConversation(userId, conversationId, client);
      if (conversation.deletedAt) throw notFound();
      if (participant && !participant.leftAt) return null;
      if (!mayJoin(conversation)) throw notFound();
      await insertParticipants(conversation, [userId], client);
      return prepareSystemMessage(client, conversationId, userId, { action: 'joined' });
    });
    if (joined) await announceNewcomers(conversationId, [userId]);
    return joined;
  });
  if (post) await post();
  return {
    conversation: await shapeConversation(conversationId, userId),
    participant: await participantOf(conversationId, userId),
    made: post !== null,
  };
}

/**
 * Changes a participant's role.
 * @throws NOT_FOUND
 * @throws FORBIDDEN for members
 * @throws CONFLICT when the group's last admin would become a member
 */
export async function updateParticipant(
  userId: string,
  conversationId: string,
  targetId: string,
  input: UpdateParticipantInput,
): Promise<Participant> {
  const role = input.role === 'admin' ? 'ADMIN' : 'MEMBER';
  const post = await serialize(conversationId, async () => {
    const done = await transaction(async (client) => {
      demand('setRoles', await lockConversationFor(userId, conversationId, client));
      const target = await lockConversation(targetId, conversationId, client);
      if (!target.participant || target.participant.leftAt) throw notFound();
      if (target.participant.role === role) return null;
      if (role === 'MEMBER' && (await adminsOf(conversationId, client)).length === 1)
        throw conflict('A group keeps at least one admin: make somebody else one first.', 'LAST_ADMIN');
      await setRole(conversationId, targetId, role, client);
      const metadata = { action: 'role' as const, userIds: [targetId], name: input.role };
      return prepareSystemMessage(client, conversationId, userId, metadata);
    });
    if (done) await announceRole(conversationId, targetId);
    return done;
  });
  if (post) await post();
  return participantOf(conversationId, targetId);
}

/**
 * Leaves the conversation, when the target is oneself; otherwise removes the target. Repeated, it changes nothing.
 * @throws NOT_FOUND
 * @throws FORBIDDEN for members who remove others, and in a direct conversation
 */
export async function removeParticipant(userId: string, conversationId: string, targetId: string): Promise<void> {
  const action: 'left' | 'removed' = userId === targetId ? 'left' : 'removed';
  const post = await serialize(conversationId, async () => {
    const done = await transaction(async (client) => {
      const { conversation, participant: actor } = await lockConversation(userId, conversationId, client);
      if (!actor) throw notFound();
      if (action === 'left' && actor.leftAt) return null;
      if (actor.leftAt || conversation.deletedAt) throw notFound();
      demand(action === 'left' ? 'leave' : 'removePeople', { conversation, participant: actor });
      const { participant: target } = await lockConversation(targetId, conversationId, client);
      if (!target) throw notFound();
      if (target.leftAt) return null;
      const departure = await endParticipation(conversation, target, client);
      const metadata = { action, userIds: [targetId] };
      return { departure, post: !departure.deleted && (await prepareSystemMessage(client, conversationId, userId, metadata)) };
    });
    if (done) await announceGone(conversationId, targetId, action, done.departure);
    return done?.post;
  });
  if (post) await post();
}
