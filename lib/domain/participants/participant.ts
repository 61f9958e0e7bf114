import { findConversationFor, lockConversation, lockConversationFor } from '@/lib/domain/conversations/access';
import { demand, mayJoin } from '@/lib/domain/conversations/permissions';
import type { Conversation } from '@/lib/domain/conversations/schema';
import { shapeConversation } from '@/lib/domain/conversations/shape';
import { postSystemMessage } from '@/lib/domain/messages/message';
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
import { adminsOf, bringIn, setRole, takeOut } from '@/lib/domain/participants/writer';
import { serialize } from '@/lib/platform/async/serialize';
import { transaction } from '@/lib/platform/db/sql';
import { conflict, notFound } from '@/lib/platform/errors/error';

/** How many ids a system message names; it says how many there were. */
const named = 20;

/** Who is in, longest-standing first. */
export async function listParticipants(
  userId: string,
  conversationId: string,
  query: ListParticipantsQuery,
): Promise<ParticipantPage> {
  await findConversationFor(userId, conversationId);
  return pageOfParticipants(conversationId, query.cursor, query.limit);
}

/**
 * Admins add, in a public group any member. Who is in already is left alone.
 * @returns `participants`: all that were asked for, `made`: somebody was new
 * @throws NOT_FOUND when one of them does not exist, CONFLICT when the group would be too large
 */
export async function addParticipants(
  userId: string,
  conversationId: string,
  userIds: string[],
): Promise<{ conversation: Conversation; participants: Participant[]; made: boolean }> {
  const newcomers = await serialize(conversationId, async () => {
    const added = await transaction(async (client) => {
      const found = await lockConversationFor(userId, conversationId, client);
      demand('invite', found);
      await requireUsers(userIds, client);
      return bringIn(found.conversation, userIds, client);
    });
    await announceNewcomers(conversationId, added);
    return added;
  });
  if (newcomers.length > 0)
    await postSystemMessage(conversationId, userId, {
      action: 'added',
      actorId: userId,
      userIds: newcomers.slice(0, named),
      count: newcomers.length,
    });
  const [conversation, participants] = await Promise.all([
    shapeConversation(conversationId, userId),
    participantsOf(conversationId, userIds),
  ]);
  return { conversation, participants, made: newcomers.length > 0 };
}

/**
 * Joins a public group; again changes nothing.
 * @throws NOT_FOUND when it is private and one is not in it
 */
export async function joinConversation(
  userId: string,
  conversationId: string,
): Promise<{ conversation: Conversation; participant: Participant; made: boolean }> {
  const made = await serialize(conversationId, async () => {
    const joined = await transaction(async (client) => {
      const { conversation, participant } = await lockConversation(userId, conversationId, client);
      if (conversation.deletedAt) throw notFound();
      if (participant && !participant.leftAt) return [];
      if (!mayJoin(conversation)) throw notFound();
      return bringIn(conversation, [userId], client);
    });
    await announceNewcomers(conversationId, joined);
    return joined.length > 0;
  });
  if (made) await postSystemMessage(conversationId, userId, { action: 'joined', actorId: userId });
  return {
    conversation: await shapeConversation(conversationId, userId),
    participant: await participantOf(conversationId, userId),
    made,
  };
}

/**
 * Admins only. A group keeps an admin.
 * @throws CONFLICT when its last one would become a member
 */
export async function updateParticipant(
  userId: string,
  conversationId: string,
  targetId: string,
  input: UpdateParticipantInput,
): Promise<Participant> {
  const role = input.role === 'admin' ? 'ADMIN' : 'MEMBER';
  const changed = await serialize(conversationId, async () => {
    const done = await transaction(async (client) => {
      demand('setRoles', await lockConversationFor(userId, conversationId, client));
      const target = await lockConversation(targetId, conversationId, client);
      if (!target.participant || target.participant.leftAt) throw notFound();
      if (target.participant.role === role) return false;
      if (role === 'MEMBER' && (await adminsOf(conversationId, client)).length === 1)
        throw conflict('A group keeps at least one admin: make somebody else one first.', 'LAST_ADMIN');
      await setRole(conversationId, targetId, role, client);
      return true;
    });
    if (done) await announceRole(conversationId, targetId);
    return done;
  });
  if (changed)
    await postSystemMessage(conversationId, userId, {
      action: 'role',
      actorId: userId,
      userIds: [targetId],
      name: input.role,
    });
  return participantOf(conversationId, targetId);
}

/** Leaves, when the target is oneself; else removes (admins only). Repeated, it changes nothing. */
export async function removeParticipant(userId: string, conversationId: string, targetId: string): Promise<void> {
  const action = userId === targetId ? 'left' : 'removed';
  const removed = await serialize(conversationId, async () => {
    const done = await transaction(async (client) => {
      const { conversation, participant: actor } = await lockConversation(userId, conversationId, client);
      if (!actor) throw notFound();
      if (action === 'left' && actor.leftAt) return null;
      if (actor.leftAt || conversation.deletedAt) throw notFound();
      demand(action === 'left' ? 'leave' : 'removePeople', { conversation, participant: actor });
      const { participant: target } = await lockConversation(targetId, conversationId, client);
      if (!target) throw notFound();
      return target.leftAt ? null : takeOut(conversation, target, client);
    });
    if (done) await announceGone(conversationId, targetId, action, done);
    return done;
  });
  if (removed && !removed.deleted)
    await postSystemMessage(conversationId, userId, { action, actorId: userId, userIds: [targetId] });
}
