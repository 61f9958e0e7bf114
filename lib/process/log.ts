import pino from 'pino';
import { oncePerProcess } from '@/lib/process/once';

/** The process's log, one JSON object a line. Never log a message's content, a token, a password or a cookie. */
export function log(): pino.Logger {
  return oncePerProcess('log', () =>
    pino({
      level: process.env.LOG_LEVEL || 'info',
      base: undefined,
      redact: ['*.password', '*.token', '*.refreshToken', '*.content', '*.cookie', '*.authorization', '*.headers'],
    }),
  );
}
