import pino from 'pino';
import { redact } from '@/lib/platform/log/redaction';
import { currentContext } from '@/lib/platform/process/context';
import { processSingleton } from '@/lib/platform/process/singleton';

/**
 * The process's log: one JSON object per line, with the id of the current request or socket. Never log the content of messages,
 * tokens, passwords or cookies. Redaction by name and by value is only the last resort.
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
