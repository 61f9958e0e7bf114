import pino from 'pino';
import { redact } from '@/lib/platform/log/redaction';
import { currentContext } from '@/lib/platform/process/context';
import { processSingleton } from '@/lib/platform/process/singleton';

/**
 * The process's log, one JSON object a line, with the id of the request or socket on whose behalf. Never log a message's content, a
 * token, a password or a cookie: what is known by its name or its value is taken out, but that is the last resort.
 */
export function log(): pino.Logger {
  return processSingleton('log', () => {
    const output = pino.destination(1);
    const options = {
      level: process.env.LOG_LEVEL || 'info',
      base: undefined,
      mixin: () => ({ ...currentContext() }),
      redact: ['*.password', '*.token', '*.refreshToken', '*.content', '*.cookie', '*.authorization', '*.headers'],
    };
    return pino(options, { write: (line: string) => void output.write(redact(line)) });
  });
}
