import type { z } from 'zod';
import { chatRoom, membersRoom, presenceRoom, sessionRoom, userRoom } from '@/lib/domain/rooms';

/** The sockets that an event goes to, by what it concerns. */
export const audiences = {
  /** all sockets of all participants of a conversation, by its id */
  members: membersRoom,
  /** the sockets that have a conversation on screen, by its id */
  chat: chatRoom,
  /** all sockets of a person, by their id */
  user: userRoom,
  /** the sockets that show a person, by that person's id */
  presence: presenceRoom,
  /** the sockets of a signed-in device, by its session's id */
  session: sessionRoom,
  /** the sockets of everybody who shares a conversation with a person or shows them, and that person's own */
  viewers: ({ userId, conversationIds }: { userId: string; conversationIds: string[] }) => [
    ...[userRoom(userId), presenceRoom(userId)],
    ...conversationIds.map(membersRoom),
  ],
} satisfies Record<string, (target: never) => string | string[]>;

export type AudienceName = keyof typeof audiences;

interface Options<Payload> {
  /** `socket`: one connection alone, never a broadcast */
  to: AudienceName | 'socket';
  /** the field that says which person's sockets are left out */
  exceptUser?: keyof Payload;
  /** worth nothing later: not kept for other nodes while Redis is away */
  transient?: true;
  /** nodes keep in memory what it says, so what another node sends is handled here too (lib/doors/sockets/cluster/inbound.ts) */
  inbound?: true;
}

/** Has a message, or several, with its `rev`. */
type MessageField<Payload> = {
  [Field in keyof Payload]: Payload[Field] extends Carried | Carried[] ? Field : never;
}[keyof Payload];
interface Carried {
  id: string;
  conversationId: string;
  rev: number;
}

/** Which field carries messages: each has a `rev`, and what nobody was sent of them is found by it. Can't be left out. */
type Carries<Payload> = [MessageField<Payload>] extends [never] ? { carries?: never } : { carries: MessageField<Payload> };

/** An event that the server sends: what it carries, to whom, and how nodes treat it. */
export const event = <Schema extends z.ZodType, const Rest extends Options<z.infer<Schema>>>(
  entry: { schema: Schema } & Rest & Carries<z.infer<Schema>>,
): { schema: Schema } & Rest & Carries<z.infer<Schema>> => entry;

/** An entry as code reads it that handles all events alike. */
export interface EventEntry {
  schema: z.ZodType;
  to: AudienceName | 'socket';
  exceptUser?: PropertyKey;
  transient?: true;
  inbound?: true;
  carries?: PropertyKey;
}
