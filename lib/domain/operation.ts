import { z } from 'zod';
import type { RateKind } from '@/lib/platform/rate-limits/rates';

/** The person who calls an operation, and what the call came through. */
export interface Caller {
  userId: string;
  sessionId: string;
  /** a socket's id; by REST, where no connection stays, the session's */
  connectionId: string;
}

/** What an operation needs permission for. A token for programs will name those that it has. */
export const scopes = [
  'profile:read',
  'profile:write',
  'sessions:read',
  'sessions:write',
  'invites:write',
  'users:read',
  'conversations:read',
  'conversations:write',
  'messages:read',
  'messages:write',
  'attachments:read',
  'attachments:write',
  'jobs:read',
] as const;
export type Scope = (typeof scopes)[number];

/** The rate limit that a call counts against: at the door, before its input is read, or in the verb. */
export type Limit = RateKind | CountedByVerb;
interface CountedByVerb {
  byVerb: RateKind;
}

/** For a verb that counts by itself, because only it knows what costs nothing: a retry, or a group that cannot be made. */
export const byVerb = (kind: RateKind): CountedByVerb => ({ byVerb: kind });

/** Requests of one lane are done in the order in which their socket sent them, one after the other. */
export type LaneName = 'messages' | 'rooms';

/** How the doors take a call. */
export interface Terms<Input extends z.ZodType = z.ZodType> {
  /** the ids of the path, the query and the body, in one object */
  input: Input;
  /** where it depends on the input, that is parsed first */
  limit: Limit | { by(input: z.output<Input>): Limit }['by'];
  lane?: LaneName;
  /** keeps the order of its own kind by itself, from the moment it is begun: only others of its lane wait for its end */
  keepsOrder?: true;
  /** over its limit it is dropped, and answered as if it had been done: one indicator too many is not worth an error */
  dropOverLimit?: true;
}

/** An operation at one door alone says why the other one does not have it. */
interface Doors {
  restOnly?: string;
  socketOnly?: string;
}

/** One thing that a client can do: what it takes, what it answers, how often, and the verb that does it. */
export interface Operation<Input extends z.ZodType = z.ZodType, Answer extends z.ZodType = z.ZodType>
  extends Terms<Input>,
    Doors {
  answer: Answer;
  scope: Scope;
  /** Rejects with what the verb throws. */
  run(caller: Caller, input: z.output<Input>): Promise<Outcome<z.input<Answer>>>;
}

type Entry<Input extends z.ZodType, Answer extends z.ZodType> = Omit<Operation<Input, Answer>, 'limit' | keyof Doors> &
  Partial<Pick<Operation<Input, Answer>, 'limit'>>;

/** An entry of a noun's `operations.ts`. It is at both doors, and counts as `other`, unless it says something else. */
export const operation = <Input extends z.ZodType, Answer extends z.ZodType, const Only extends Doors>(
  entry: Entry<Input, Answer> & Only,
): Operation<Input, Answer> & Only => ({ limit: 'other', ...entry });

/** The answer, marked when the call created what it is about. */
export type Outcome<Answer> = Answer | Created<Answer>;

export class Created<Answer> {
  constructor(readonly answer: Answer) {}
}

/** REST answers 201. */
export const created = <Answer>(answer: Answer): Created<Answer> => new Created(answer);

export const answerOf = <Answer>(outcome: Outcome<Answer>): Answer => (outcome instanceof Created ? outcome.answer : outcome);

/** The answer of what has nothing to say but that it was done. REST answers 204. */
export const nothing: Record<string, never> = {};
export const nothingSchema = z.strictObject({});
