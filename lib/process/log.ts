import pino from 'pino';
import { currentContext } from '@/lib/process/context';
import { oncePerProcess } from '@/lib/process/once';

/** The process's log, one JSON object a line, with the id of the request or socket on whose behalf. Never log a message's content, a token, a password or a cookie. */
export function log(): pino.Logger {
  return oncePerProcess('log', () =>
    pino({
      level: process.env.LOG_LEVEL || 'info',
      base: undefined,
      mixin: () => ({ ...currentContext() }),
      redact: ['*.password', '*.token', '*.refreshToken', '*.content', '*.cookie', '*.authorization', '*.headers'],
    }),
  );
}
