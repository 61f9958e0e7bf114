import { z } from 'zod';
import { answerOf, Created, nothing, type Operation } from '@/lib/domain/operation';
import { type OperationName, operations } from '@/lib/domain/operations';
import { takeInput } from '@/lib/doors/input';
import { created, noContent } from '@/lib/doors/rest/answer';
import { readJson } from '@/lib/doors/rest/body';
import { type Call, type Handler, queryOf, signedIn } from '@/lib/doors/rest/route';
import { notFound, ParleyError } from '@/lib/platform/errors/error';

type AnswerOf<Name extends OperationName> = z.input<(typeof operations)[Name]['answer']>;

interface Options<Name extends OperationName> {
  /** makes the operation's input of what the path, and the query or the body, say together */
  // biome-ignore lint/suspicious/noExplicitAny: it was not parsed yet
  input?: (given: any, call: Call) => unknown;
  /** makes the body of the answer; `nothing` for 204 */
  answer?: (answer: AnswerOf<Name>) => unknown;
}

/** A handler that says which operation it does. */
export type OperationHandler = Handler & { operation: OperationName };

/** The route of an operation. Its input is the ids of the path, and the query of a GET or the body of anything else but a DELETE. */
export function rest<Name extends OperationName>(name: Name, options: Options<Name> = {}): OperationHandler {
  const operation: Operation = operations[name];
  const fields = operation.input instanceof z.ZodObject ? Object.keys(operation.input.shape) : null;
  const idField = ids.find((id) => fields?.includes(id)) ?? 'id';
  const handler = signedIn(async (call) => {
    const { userId, sessionId } = call;
    const path = idsOf(call.params, idField);
    const read = () => readGiven(call.request, path, fields);
    // No promise more than needed: sending a message comes through here.
    const prepare = options.input && (() => read().then((given) => options.input?.(given, call)));
    let input: unknown;
    try {
      input = await takeInput(operation, userId, prepare ?? read);
    } catch (error) {
      throw isAboutPath(error, path) ? notFound() : error;
    }
    const outcome = await operation.run({ userId, sessionId, connectionId: sessionId }, input);
    const answer = options.answer ? options.answer(answerOf(outcome) as AnswerOf<Name>) : answerOf(outcome);
    if (answer === nothing) return noContent();
    return outcome instanceof Created ? created(answer) : answer;
  });
  return Object.assign(handler, { operation: name });
}

/** What the `[id]` of a path may be. */
const ids = ['conversationId', 'userId', 'sessionId', 'jobId'];

/** The variable parts of a path by the operation's names for them. */
function idsOf(params: Record<string, string>, idField: string): Record<string, string> {
  const path: Record<string, string> = {};
  for (const name in params) path[name === 'id' ? idField : name] = decoded(params[name] ?? '');
  return path;
}

/** Next.js leaves a segment percent-encoded. No id and no emoji contains a percent sign. */
function decoded(segment: string): string {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** A path says where something is done, whatever else the client sends. */
async function readGiven(request: Request, path: Record<string, string>, fields: string[] | null): Promise<unknown> {
  if (request.method === 'DELETE' || fields?.every((field) => field in path)) return path;
  const given = request.method === 'GET' || request.method === 'HEAD' ? queryOf(request) : await readJson(request);
  return typeof given === 'object' && given !== null && !Array.isArray(given) ? { ...given, ...path } : given;
}

/** Whether an id in the path is none. */
function isAboutPath(error: unknown, path: Record<string, string>): boolean {
  const { fields = {} } = error instanceof ParleyError ? error.details : {};
  return Object.keys(fields).some((field) => field.endsWith('Id') && field in path);
}
