import { z } from 'zod';
import { messageSchema, sharedMessageSchema } from '@/lib/domain/messages/schema';
import { participantRoleSchema, participantSchema } from '@/lib/domain/participants/schema';
import { typistSchema } from '@/lib/domain/typing/schema';
import { limits } from '@/lib/platform/limits/schema';
import { cursorSchema, limitSchema } from '@/lib/platform/paging/schema';
import { withoutHidden } from '@/lib/platform/text/names';
import { showsSomething } from '@/lib/platform/text/visible';
import { idSchema, lineSchema, textSchema, timeSchema } from '@/lib/platform/validation/schema';

const notifySchema = z.enum(['all', 'mentions', 'none']);

/**
 * What members set for themselves in a conversation. Each setting is a column of `Participant` with the same name; a choice is stored
 * as an enum in upper case. PATCH /api/conversations/:id/me, the statements, `me`, `membership.updated`, what clients merge and
 * the details panel take the settings from here.
 */
export const memberSettingsSchema = z.object({ notify: notifySchema });
export type MemberSettings = z.infer<typeof memberSettingsSchema>;
export const memberSettingNames = memberSettingsSchema.keyof().options;

/** The permissions of people in a conversation; permissions.ts has the rules. */
export const permissionSchema = z.enum([
  'send',
  /** to add people: `addPeople` in permissions.ts */
  'invite',
  'pin',
  'edit',
  'delete',
  'leave',
  'removePeople',
  'setRoles',
  'deleteMessages',
]);
export type Permission = z.infer<typeof permissionSchema>;

export const maySchema = z.record(permissionSchema, z.boolean());
export type May = z.infer<typeof maySchema>;

/** The reader's own part in a conversation. */
export const membershipSchema = z.object({
  role: participantRoleSchema,
  joinedAt: timeSchema,
  lastReadSeq: z.int(),
  unreadCount: z.int(),
  mentionCount: z.int(),
  ...memberSettingsSchema.shape,
  draft: z.string(),
  /** the `version` of the newest `read.updated` and `draft.updated` that these values include */
  readVersion: z.int(),
  draftVersion: z.int(),
  may: maySchema,
});
export type Membership = z.infer<typeof membershipSchema>;

/** What is pinned in a conversation. */
export const pinsSchema = z.object({
  count: z.int(),
  /** the message that was pinned last */
  latest: messageSchema.nullable(),
  /** only grows: of two, the older one is ignored */
  version: z.int(),
});
export type Pins = z.infer<typeof pinsSchema>;
export const sharedPinsSchema = pinsSchema.extend({ latest: sharedMessageSchema.nullable() });

const visibilitySchema = z.enum(['public', 'private']);

export const conversationSchema = z.object({
  id: idSchema,
  kind: z.enum(['direct', 'group']),
  /** null in a direct conversation: clients show the other participant */
  name: z.string().nullable(),
  description: z.string(),
  visibility: visibilitySchema,
  image: z.string().nullable(),
  createdAt: timeSchema,
  createdById: idSchema,
  lastSeq: z.int(),
  lastRev: z.int(),
  /** never a system message */
  lastMessage: messageSchema.nullable(),
  /** null in the preview of a public group that the reader is not in */
  pins: pinsSchema.nullable(),
  participantCount: z.int(),
  /** everybody in a direct conversation, the 5 longest-standing members of a group */
  participants: z.array(participantSchema),
  /** null in the preview of a public group that the reader is not in; absent in events to everybody */
  me: membershipSchema.nullish(),
});
export type Conversation = z.infer<typeof conversationSchema>;

/** A conversation as events carry it: the same for everybody. */
export const sharedConversationSchema = conversationSchema
  .omit({ me: true })
  .extend({ lastMessage: sharedMessageSchema.nullable(), pins: sharedPinsSchema.nullable() });

/** What names a conversation: in the path by REST, in the object by socket. */
export const byConversationSchema = z.object({ conversationId: idSchema });

const nameSchema = lineSchema(80);
const descriptionSchema = textSchema(() => 500).transform((text) => (showsSomething(text) ? withoutHidden(text).trim() : ''));

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
  ...memberSettingsSchema.partial().shape,
  draft: textSchema(() => 32_000).optional(),
});
export type UpdateMembershipInput = z.output<typeof updateMembershipSchema>;

export const listConversationsSchema = z.object({ cursor: cursorSchema.optional(), limit: limitSchema(50) });
export type ListConversationsQuery = z.output<typeof listConversationsSchema>;
export const publicConversationsSchema = listConversationsSchema.extend({ q: textSchema(() => 100).default('') });
export type PublicConversationsQuery = z.output<typeof publicConversationsSchema>;
export const headsSchema = z.object({ conversationIds: z.array(idSchema).max(1_000).optional() });

export const conversationPageSchema = z.object({
  conversations: z.array(conversationSchema),
  nextCursor: z.string().nullable(),
});
export type ConversationPage = z.infer<typeof conversationPageSchema>;

/** The numbers by which a client finds out whether it missed something. */
export const conversationHeadSchema = z.object({
  conversationId: idSchema,
  lastSeq: z.int(),
  lastRev: z.int(),
  lastReadSeq: z.int(),
});
export type ConversationHead = z.infer<typeof conversationHeadSchema>;

/** The changes in a conversation since a rev. */
export const changesPageSchema = z.object({
  messages: z.array(messageSchema),
  rev: z.int(),
  more: z.boolean(),
  reset: z.boolean(),
  conversation: conversationSchema,
});
export type ChangesPage = z.infer<typeof changesPageSchema>;

/** @property participants how many of them the answer shall list */
export const joinSchema = z.object({
  conversationId: idSchema,
  participants: z
    .int()
    .min(1)
    .transform((count) => Math.min(count, limits().page))
    .optional(),
});

export const conversationAnswerSchema = z.object({ conversation: conversationSchema });
export const joinedAnswerSchema = conversationAnswerSchema.extend({
  typing: z.array(typistSchema),
  participants: z.array(participantSchema).optional(),
});
export type JoinedAnswer = z.infer<typeof joinedAnswerSchema>;
export const addedAnswerSchema = conversationAnswerSchema.extend({ participants: z.array(participantSchema) });
export const memberAnswerSchema = conversationAnswerSchema.extend({ participant: participantSchema });
export const headsAnswerSchema = z.object({ heads: z.array(conversationHeadSchema) });
