import { log } from '@/lib/platform/log/log';
import type { Io } from '@/lib/platform/realtime/io';
import { deliverDirectly } from '@/lib/platform/realtime/socket-io/delivery';
import { encodeAsText, hasTextEncoder } from '@/lib/platform/realtime/socket-io/encoding';
import { hasFrameEncoder, joinFrames } from '@/lib/platform/realtime/socket-io/frames';

/**
 * Changes Socket.IO's sending path. Each change relies on private parts and first checks that they are as expected. If they are not, the
 * change is left out and the log has one warning: Socket.IO then sends in its own way, which is slower but correct.
 * tests/unit/packages.test.ts pins the versions that the changes were written for.
 */
export function patchSocketIo(io: Io): void {
  if (fits(hasTextEncoder, io)) encodeAsText(io);
  else warn('encoding');
  if (fits(hasFrameEncoder, io)) joinFrames(io);
  else warn('frames');
  deliverDirectly(io, () => warn('delivery'));
}

function fits(check: (io: Io) => boolean, io: Io): boolean {
  try {
    return check(io);
  } catch {
    return false;
  }
}

const warn = (patch: string) =>
  log().warn({ patch }, 'This version of Socket.IO has other internals than expected. It sends in its own, slower way.');
