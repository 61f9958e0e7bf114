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
  const post = await serialize(conversationId, async () => {
    const added = await transaction(async (client) => {
      const found = await lockConversationFor(userId, conversationId, client);
      demand('invite', found);
      await requireUsers(userIds, client);
      const newcomers = await bringIn(found.conversation, userIds, client);
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
 * Joins a public group; again changes nothing.
 * @throws NOT_FOUND when it is private and one is not in it
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
      await bringIn(conversation, [userId], client);
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

/** Leaves, when the target is oneself; else removes (admins only). Repeated, it changes nothing. */
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
      const departure = await takeOut(conversation, target, client);
      const metadata = { action, userIds: [targetId] };
      return { departure, post: !departure.deleted && (await prepareSystemMessage(client, conversationId, userId, metadata)) };
    });
    if (done) await announceGone(conversationId, targetId, action, done.departure);
    return done?.post;
  });
  if (post) await post();
}
