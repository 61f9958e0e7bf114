import { findConversationFor, lockConversation, lockConversationFor } from '@/lib/domain/conversations/access';
import { enterConversation } from '@/lib/domain/conversations/audience';
import {
  broadcastCreated,
  broadcastDraft,
  broadcastMemberships,
  broadcastRemoved,
  broadcastUpdated,
} from '@/lib/domain/conversations/broadcasts';
import { claimImage } from '@/lib/domain/conversations/image';
import { membershipsJob } from '@/lib/domain/conversations/jobs';
import { toStored } from '@/lib/domain/conversations/member-settings';
import { headsOf, pageOfMine, pageOfPublic } from '@/lib/domain/conversations/pages';
import { demand, may } from '@/lib/domain/conversations/permissions';
import {
  type Conversation,
  type ConversationHead,
  type ConversationPage,
  type CreateGroupInput,
  type ListConversationsQuery,
  memberSettingNames,
  type PublicConversationsQuery,
  type UpdateConversationInput,
  type UpdateMembershipInput,
} from '@/lib/domain/conversations/schema';
import { shapeConversation, shapeConversations } from '@/lib/domain/conversations/shape';
import { insertDirect, insertGroup, markDeleted, saveMembership, updateRow } from '@/lib/domain/conversations/writer';
import { prepareSystemMessage } from '@/lib/domain/messages/message';
import { requireRoom, requireUsers } from '@/lib/domain/participants/access';
import { serialize } from '@/lib/platform/async/serialize';
import { transaction } from '@/lib/platform/db/sql';
import { notFound } from '@/lib/platform/errors/error';
import { enqueue } from '@/lib/platform/jobs/queue';
import { giveBack, takeLimit } from '@/lib/platform/rate-limits/limiter';

/** The conversations that this person is in, newest message first. */
export async function listConversations(userId: string, query: ListConversationsQuery): Promise<ConversationPage> {
  const { ids, nextCursor } = await pageOfMine(userId, query.cursor, query.limit);
  return { conversations: await shapeConversations(ids, userId), nextCursor };
}

/** Public groups, newest message first; as previews where this person is not in them. */
export async function listPublicConversations(userId: string, query: PublicConversationsQuery): Promise<ConversationPage> {
  const { ids, nextCursor } = await pageOfPublic(query.q.trim(), query.cursor, query.limit);
  return { conversations: await shapeConversations(ids, userId), nextCursor };
}

/** The heads of these conversations, or of all that the list shows. Conversations that this person is not in are left out. */
export function conversationHeads(userId: string, conversationIds?: string[]): Promise<ConversationHead[]> {
  return headsOf(userId, conversationIds ?? null);
}

/**
 * A conversation that this person is in, or the preview of a public group.
 * @throws NOT_FOUND
 */
export function getConversation(userId: string, conversationId: string): Promise<Conversation> {
  return shapeConversation(conversationId, userId);
}

/**
 * Finds or creates the direct conversation of two people; with oneself, it is for notes. Only the creator receives an event. The
 * other person's list shows it from the first message on.
 * @throws NOT_FOUND when the other person does not exist
 */
export async function createDirect(userId: string, otherId: string): Promise<{ conversation: Conversation; made: boolean }> {
  await requireUsers([otherId]);
  const { id, made } = await transaction((client) => insertDirect(userId, otherId, client));
  // The other person's sockets enter at once, without an event, so that they cannot miss a message.
  if (made) enterConversation(id, [otherId]);
  if (made) await broadcastCreated(id, [userId]);
  return { conversation: await shapeConversation(id, userId), made };
}

/**
 * Creates a group with its creator as admin.
 * @throws NOT_FOUND when a member does not exist, or the image is not this person's own unused upload
 * @throws CONFLICT when there are too many members
 */
export async function createGroup(userId: string, input: CreateGroupInput): Promise<Conversation> {
  const memberIds = [...new Set(input.memberIds)].filter((id) => id !== userId);
  await takeLimit('group', userId);
  try {
    requireRoom(memberIds.length + 1);
    await requireUsers(memberIds);
  } catch (error) {
    // Ten groups an hour are for groups: one that cannot be made counts as anything else does.
    await giveBack('group', userId);
    await takeLimit('other', userId);
    throw error;
  }
  const { id, post } = await transaction(async (client) => {
    if (input.imageId) await claimImage(userId, input.imageId, client);
    const made = await insertGroup(userId, input, memberIds, client);
    return { id: made, post: await prepareSystemMessage(client, made, userId, { action: 'created', name: input.name }) };
  });
  await broadcastCreated(id, [userId, ...memberIds]);
  await post();
  return shapeConversation(id, userId);
}

/**
 * Changes a group's name, description, visibility or picture. Without a difference no event is sent.
 * @throws NOT_FOUND
 * @throws FORBIDDEN for members, and in a direct conversation
 */
export async function updateConversation(
  userId: string,
  conversationId: string,
  input: UpdateConversationInput,
): Promise<Conversation> {
  const post = await serialize(conversationId, async () => {
    const change = await transaction(async (client) => {
      const found = await lockConversationFor(userId, conversationId, client);
      demand('edit', found);
      const { conversation } = found;
      if (input.imageId && input.imageId !== conversation.imageId) await claimImage(userId, input.imageId, client);
      const changed = await updateRow(conversation, input, client);
      const opened = input.visibility !== undefined && input.visibility.toUpperCase() !== conversation.visibility;
      // What each may in it is another than before.
      if (opened) await enqueue(client, membershipsJob, { conversationId }, { key: conversationId });
      const renamed = input.name !== undefined && input.name !== conversation.name;
      const metadata = { action: 'renamed' as const, name: input.name };
      return { changed, post: renamed && (await prepareSystemMessage(client, conversationId, userId, metadata)) };
    });
    if (change.changed) await broadcastUpdated(conversationId);
    return change.post;
  });
  if (post) await post();
  return shapeConversation(conversationId, userId);
}

/**
 * Deletes a group for everybody in it. Repeated by one of its admins, it changes nothing.
 * @throws NOT_FOUND
 * @throws FORBIDDEN for members, and in a direct conversation
 */
export async function deleteConversation(userId: string, conversationId: string): Promise<void> {
  await serialize(conversationId, async () => {
    const people = await transaction(async (client) => {
      const { conversation, participant } = await lockConversation(userId, conversationId, client);
      if (!participant || participant.leftAt) throw notFound();
      const standing = { conversation, participant };
      if (conversation.deletedAt && !may('delete', standing)) throw notFound();
      demand('delete', standing);
      return conversation.deletedAt ? [] : markDeleted(conversationId, client);
    });
    broadcastRemoved(conversationId, people, 'deleted');
  });
}

/**
 * Changes this person's own settings and draft in a conversation.
 * @throws NOT_FOUND
 */
export async function updateMembership(
  userId: string,
  conversationId: string,
  input: UpdateMembershipInput,
): Promise<Conversation> {
  const { participant } = await findConversationFor(userId, conversationId);
  const version = await saveMembership(userId, conversationId, input);
  if (version === null) throw notFound();
  if (input.draft !== undefined) broadcastDraft(userId, conversationId, input.draft, version);
  const wanted = toStored(input);
  if (memberSettingNames.some((name) => name in wanted && wanted[name] !== participant[name]))
    await serialize(`membership ${userId}`, () => broadcastMemberships(conversationId, [userId]));
  return shapeConversation(conversationId, userId);
}
