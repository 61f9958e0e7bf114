import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { attachmentAnswerSchema } from '@/lib/domain/attachments/schema';
import { type ServerEventName, serverEvents } from '@/lib/domain/contract';
import {
  addedAnswerSchema,
  changesPageSchema,
  conversationAnswerSchema,
  conversationPageSchema,
  memberAnswerSchema,
} from '@/lib/domain/conversations/schema';
import type { EventEntry } from '@/lib/domain/event-entry';
import { inviteAnswerSchema } from '@/lib/domain/invites/schema';
import { messageAnswerSchema, messagePageSchema } from '@/lib/domain/messages/schema';
import { participantAnswerSchema, participantPageSchema } from '@/lib/domain/participants/schema';
import { pinPageSchema } from '@/lib/domain/pins/schema';
import { markedAnswerSchema, readStateSchema, undoneAnswerSchema } from '@/lib/domain/receipts/schema';
import {
  filesAnswerSchema,
  goAnswerSchema,
  linksAnswerSchema,
  progressAnswerSchema,
  searchAnswerSchema,
} from '@/lib/domain/search/schema';
import { refreshedAnswerSchema, sessionsAnswerSchema, signedInAnswerSchema } from '@/lib/domain/sessions/schema';
import { meAnswerSchema, userAnswerSchema, userPageSchema } from '@/lib/domain/users/schema';
import { table } from '@/lib/doors/sockets/table';
import { failureSchema, wireErrorSchema } from '@/lib/platform/errors/schema';
import { jobSchema } from '@/lib/platform/jobs/schema';

/** Throws unless the value matches the schema exactly: unknown fields are not documented to clients. */
export function parseStrictly(schema: z.ZodType, value: unknown, name: string): void {
  const parsed = schema.safeParse(value);
  if (!parsed.success)
    throw new Error(`${name} is not what its schema says:\n${z.prettifyError(parsed.error)}\n${json(value)}`);
  if (!isDeepStrictEqual(parsed.data, value))
    throw new Error(`${name} has fields that its schema does not name:\n${json(value)}\nwhere it names\n${json(parsed.data)}`);
}

/** Throws unless it is a documented answer to this request. */
export function parseAck(event: string, answer: { ok?: boolean; error?: unknown; data?: unknown }): void {
  const data = (table as Record<string, { answer: z.ZodType }>)[event]?.answer;
  if (answer.ok && data) parseStrictly(z.object({ ok: z.literal(true), data }), answer, `The answer to ${event}`);
  else parseStrictly(z.object({ ok: z.literal(false), error: wireErrorSchema }), answer, `The refusal of ${event}`);
}

/** Throws unless it is an event of the contract, without unknown fields. */
export function parseEvent(name: string, payload: unknown): void {
  const entry: EventEntry | undefined = serverEvents[name as ServerEventName];
  if (!entry) throw new Error(`${name} is not in the contract.`);
  parseStrictly(entry.schema, payload, `The event ${name}`);
}

/** Throws unless it is a documented answer of the route. Answers of pages and of next-auth are not checked. */
export function parseRest(method: string, address: string, status: number, body: unknown): void {
  const path = new URL(address, 'http://localhost').pathname;
  const route = Object.keys(restAnswers).find((name) => matches(name, `${method} ${path}`)) as keyof typeof restAnswers;
  if (!route || status < 200 || (status >= 300 && status < 400)) return;
  const schema = restAnswers[route];
  if (status >= 400) parseStrictly(failureSchema, body, `The refusal of ${method} ${path}`);
  else if (schema) parseStrictly(schema, body, `The answer to ${method} ${path}`);
  else if (typeof body === 'object') throw new Error(`${method} ${path} answered ${json(body)} where nothing was expected.`);
}

const olderMessage = z.object({
  ...{ id: z.string(), senderId: z.string(), text: z.string(), messageType: z.string(), attachmentUrl: z.null() },
  ...{ attachmentFileName: z.null(), isRead: z.literal(false), timestamp: z.string(), createdAt: z.string() },
});

/** The schema of each route's answer on success; null: no JSON. */
export const restAnswers: Record<string, z.ZodType | null> = {
  'POST /api/auth/register': meAnswerSchema,
  'POST /api/auth/token': signedInAnswerSchema,
  'POST /api/auth/token/refresh': refreshedAnswerSchema,
  'POST /api/auth/token/revoke': null,
  'GET /api/me': meAnswerSchema,
  'PATCH /api/me': meAnswerSchema,
  'GET /api/me/sessions': sessionsAnswerSchema,
  'DELETE /api/me/sessions/:id': null,
  'GET /api/users': userPageSchema,
  'GET /api/users/:id': userAnswerSchema,
  'GET /api/conversations': conversationPageSchema,
  'POST /api/conversations': conversationAnswerSchema,
  'GET /api/conversations/public': conversationPageSchema,
  'GET /api/conversations/:id': conversationAnswerSchema,
  'PATCH /api/conversations/:id': conversationAnswerSchema,
  'DELETE /api/conversations/:id': null,
  'PATCH /api/conversations/:id/me': conversationAnswerSchema,
  'GET /api/conversations/:id/messages': messagePageSchema,
  'POST /api/conversations/:id/messages': messageAnswerSchema,
  'GET /api/conversations/:id/changes': changesPageSchema,
  'PATCH /api/conversations/:id/messages/:messageId': messageAnswerSchema,
  'DELETE /api/conversations/:id/messages/:messageId': null,
  'PUT /api/conversations/:id/messages/:messageId/reactions/:emoji': messageAnswerSchema,
  'DELETE /api/conversations/:id/messages/:messageId/reactions/:emoji': messageAnswerSchema,
  'GET /api/conversations/:id/pins': pinPageSchema,
  'PUT /api/conversations/:id/pins/:messageId': messageAnswerSchema,
  'DELETE /api/conversations/:id/pins/:messageId': messageAnswerSchema,
  'GET /api/search': searchAnswerSchema,
  'GET /api/search/progress': progressAnswerSchema,
  'GET /api/go': goAnswerSchema,
  'GET /api/conversations/:id/files': filesAnswerSchema,
  'GET /api/conversations/:id/links': linksAnswerSchema,
  'PUT /api/conversations/:id/read': readStateSchema,
  'PUT /api/conversations/:id/unread': readStateSchema,
  'POST /api/me/read': markedAnswerSchema,
  'POST /api/me/read/:undoId/undo': undoneAnswerSchema,
  'GET /api/conversations/:id/participants': participantPageSchema,
  'POST /api/conversations/:id/participants': addedAnswerSchema,
  'PATCH /api/conversations/:id/participants/:userId': participantAnswerSchema,
  'DELETE /api/conversations/:id/participants/:userId': null,
  'PUT /api/conversations/:id/participants/:userId': memberAnswerSchema,
  'GET /api/jobs/:id': jobSchema,
  'POST /api/uploads': attachmentAnswerSchema,
  'GET /api/uploads/:id': null,
  'GET /api/uploads/:id/thumbnail': null,
  'GET /api/uploads/:id/picture': null,
  'POST /api/invites': inviteAnswerSchema,
  'GET /api/health/live': z.object({ status: z.literal('live') }),
  'GET /api/health/ready': z.object({ status: z.literal('ready'), degraded: z.boolean().optional() }),
  'GET /api/metrics': null,
  'GET /api/messages/conversations': conversationPageSchema,
  'GET /api/messages/conversations/:id': messagePageSchema,
  'PUT /api/messages/conversations/:id/read': readStateSchema,
  'POST /api/messages/send': messageAnswerSchema.extend({
    status: z.literal('success'),
    data: z.object({ message: olderMessage }),
  }),
};

/** Paths with fewer parameters come first, so that `public` does not match as an id. */
const matches = (route: string, call: string) => new RegExp(`^${route.replace(/:\w+/g, '[^/]+')}$`).test(call);

const json = (value: unknown) => JSON.stringify(value, null, 2);
