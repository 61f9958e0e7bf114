import { z } from 'zod';
import type { Message } from '@/lib/domain/messages/schema';
import type { Participant, ParticipantRole } from '@/lib/domain/participants/schema';
import { cursorSchema, limitSchema } from '@/lib/platform/paging/schema';
import { withoutHidden } from '@/lib/platform/text/names';
import { showsSomething } from '@/lib/platform/text/visible';
import { idSchema, lineSchema, textSchema } from '@/lib/platform/validation/schema';

export type Notify = 'all' | 'mentions' | 'none';

/** What a conversation is to its reader. */
export interface Membership {
  role: ParticipantRole;
  joinedAt: string;
  lastReadSeq: number;
  unreadCount: number;
  mentionCount: number;
  notify: Notify;
  draft: string;
}

export interface Conversation {
  id: string;
  kind: 'direct' | 'group';
  /** null in a direct one: a client shows the other participant */
  name: string | null;
  description: string;
  visibility: 'public' | 'private';
  image: string | null;
  createdAt: string;
  createdById: string;
  lastSeq: number;
  lastRev: number;
  /** never a system message */
  lastMessage: Message | null;
  participantCount: number;
  /** everybody in a direct one, the 5 longest-standing in a group */
  participants: Participant[];
  /** null in the preview of a public group that one is not in; absent in events to everybody */
  me?: Membership | null;
}

const nameSchema = lineSchema(80);
const descriptionSchema = textSchema(() => 500).transform((text) => (showsSomething(text) ? withoutHidden(text).trim() : ''));
const visibilitySchema = z.enum(['public', 'private']);

export const createDirectSchema = z.object({ kind: z.literal('direct'), userId: idSchema });
export const createGroupSchema = z.object({
  kind: z.literal('group'),
  name: nameSchema,
  description: descriptionSchema.default(''),
  visibility: visibilitySchema.default('private'),
  memberIds: z.array(idSchema).max(5_000).default([]),
  imageId: idSchema.nullish(),
});
export const createConversationSchema = z.discriminatedUnion('kind', [createDirectSchema, createGroupSchema]);
export type CreateGroupInput = z.output<typeof createGroupSchema>;

export const updateConversationSchema = z.object({
  name: nameSchema.optional(),
  description: descriptionSchema.optional(),
  visibility: visibilitySchema.optional(),
  /** null removes the picture */
  imageId: idSchema.nullable().optional(),
});
export type UpdateConversationInput = z.output<typeof updateConversationSchema>;

export const updateMembershipSchema = z.object({
  notify: z.enum(['all', 'mentions', 'none']).optional(),
  draft: textSchema(() => 32_000).optional(),
});
export type UpdateMembershipInput = z.output<typeof updateMembershipSchema>;

export const listConversationsSchema = z.object({ cursor: cursorSchema.optional(), limit: limitSchema(50) });
export type ListConversationsQuery = z.output<typeof listConversationsSchema>;
export const publicConversationsSchema = listConversationsSchema.extend({ q: textSchema(() => 100).default('') });
export type PublicConversationsQuery = z.output<typeof publicConversationsSchema>;
export const headsSchema = z.object({ conversationIds: z.array(idSchema).max(1_000).optional() });

export interface ConversationPage {
  conversations: Conversation[];
  nextCursor: string | null;
}

/** The few numbers that tell a client whether it missed something. */
export interface ConversationHead {
  conversationId: string;
  lastSeq: number;
  lastRev: number;
  lastReadSeq: number;
}
