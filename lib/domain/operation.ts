import { z } from 'zod';
import type { RateKind } from '@/lib/platform/rate-limits/rates';

/** The caller of an operation. */
export interface Caller {
  userId: string;
  sessionId: string;
  /** the socket's id; for REST, which has no lasting connection, the session's id */
  connectionId: string;
}

/** The permissions of operations, for tokens of programs. */
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

/** The rate limit of a call: counted at the door, before the input is read, or in the verb. */
export type Limit = RateKind | CountedByVerb;
interface CountedByVerb {
  byVerb: RateKind;
}

/** For a verb that counts itself, because only the verb knows which calls are free: a retry, or a group that cannot be created. */
export const byVerb = (kind: RateKind): CountedByVerb => ({ byVerb: kind });

/** Requests of one lane run one after another, in the order in which their socket sent them. */
export type LaneName = 'messages' | 'rooms';

/** The conditions under which the doors accept a call. */
export interface Terms<Input extends z.ZodType = z.ZodType> {
  /** the ids of the path, the query and the body in one object */
  input: Input;
  /** if it depends on the input, the input is parsed first */
  limit: Limit | { by(input: z.output<Input>): Limit }['by'];
  lane?: LaneName;
  /** the verb keeps the order itself once it has started: only other operations of the lane wait for its end */
  keepsOrder?: true;
  /** over its limit a call is dropped and answered as done: one lost typing indicator is not worth an error */
  dropOverLimit?: true;
}

/** An operation that only one door has must say why. */
interface Doors {
  restOnly?: string;
  socketOnly?: string;
}

/** An operation that clients can call: its input, answer, limit and verb. */
export interface Operation<Input extends z.ZodType = z.ZodType, Answer extends z.ZodType = z.ZodType>
  extends Terms<Input>,
    Doors {
  answer: Answer;
  scope: Scope;
  /** @throws the verb's errors */
  run(caller: Caller, input: z.output<Input>): Promise<Outcome<z.input<Answer>>>;
}

type Entry<Input extends z.ZodType, Answer extends z.ZodType> = Omit<Operation<Input, Answer>, 'limit' | keyof Doors> &
  Partial<Pick<Operation<Input, Answer>, 'limit'>>;

/** Declares an operation in a noun's `operations.ts`. By default both doors have it, and it counts as `other`. */
export const operation = <Input extends z.ZodType, Answer extends z.ZodType, const Only extends Doors>(
  entry: Entry<Input, Answer> & Only,
): Operation<Input, Answer> & Only => ({ limit: 'other', ...entry });

/** The answer, marked when the call created its object. */
export type Outcome<Answer> = Answer | Created<Answer>;

export class Created<Answer> {
  constructor(readonly answer: Answer) {}
}

/** REST answers 201. */
export const created = <Answer>(answer: Answer): Created<Answer> => new Created(answer);

export const answerOf = <Answer>(outcome: Outcome<Answer>): Answer => (outcome instanceof Created ? outcome.answer : outcome);

/** The answer of an operation that returns nothing. REST answers 204. */
export const nothing: Record<string, never> = {};
export const nothingSchema = z.strictObject({});
