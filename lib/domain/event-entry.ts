import type { z } from 'zod';
import { chatRoom, membersRoom, presenceRoom, sessionRoom, userRoom } from '@/lib/domain/rooms';

/** The rooms of each audience, by the id of the event's target. */
export const audiences = {
  /** all sockets of all participants of a conversation, by its id */
  members: membersRoom,
  /** the sockets that show a conversation on screen, by its id */
  chat: chatRoom,
  /** all sockets of a person, by their id */
  user: userRoom,
  /** the sockets that show a person, by that person's id */
  presence: presenceRoom,
  /** the sockets of a signed-in device, by its session's id */
  session: sessionRoom,
  /** a person's own sockets, and those of everybody who shares a conversation with them or shows them */
  viewers: ({ userId, conversationIds }: { userId: string; conversationIds: string[] }) => [
    ...[userRoom(userId), presenceRoom(userId)],
    ...conversationIds.map(membersRoom),
  ],
} satisfies Record<string, (target: never) => string | string[]>;

export type AudienceName = keyof typeof audiences;

interface Options<Payload> {
  /** `socket`: a single connection, never a broadcast */
  to: AudienceName | 'socket';
  /** the field with the id of the person whose sockets are left out */
  exceptUser?: keyof Payload;
  /** of no use later: not kept for other nodes while Redis is unreachable */
  transient?: true;
  /** nodes keep its content in memory, so an event from another node is also handled here (lib/doors/sockets/cluster/inbound.ts) */
  inbound?: true;
}

/** The fields with one message or several, each with its `rev`. */
type MessageField<Payload> = {
  [Field in keyof Payload]: Payload[Field] extends Carried | Carried[] ? Field : never;
}[keyof Payload];
interface Carried {
  id: string;
  conversationId: string;
  rev: number;
}

/** The field that carries messages. Their revs show which changes were never delivered, so it cannot be left out. */
type Carries<Payload> = [MessageField<Payload>] extends [never] ? { carries?: never } : { carries: MessageField<Payload> };

/** Declares an event that the server sends: its schema, its audience, and how nodes treat it. */
export const event = <Schema extends z.ZodType, const Rest extends Options<z.infer<Schema>>>(
  entry: { schema: Schema } & Rest & Carries<z.infer<Schema>>,
): { schema: Schema } & Rest & Carries<z.infer<Schema>> => entry;

/** An entry for code that handles all events alike. */
export interface EventEntry {
  schema: z.ZodType;
  to: AudienceName | 'socket';
  exceptUser?: PropertyKey;
  transient?: true;
  inbound?: true;
  carries?: PropertyKey;
}
