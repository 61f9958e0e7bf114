import { onTestFinished } from 'vitest';
import type { ServerPayloads } from '@/lib/domain/contract';
import { type Io, setIo } from '@/lib/platform/realtime/io';
import { parseEvent } from '@/tests/support/answers';

/** One broadcast as the domain requested it, whether or not anybody would receive it. */
export interface Captured<Name extends keyof ServerPayloads = keyof ServerPayloads> {
  rooms: string[];
  except: string[];
  event: Name;
  payload: ServerPayloads[Name];
}

/** A change of the members of a room. */
export interface CapturedMove {
  sockets: string[];
  action: 'join' | 'leave' | 'disconnect';
  rooms: string[];
}

export interface Capture {
  events: Captured[];
  moves: CapturedMove[];
  /** the events of one name, in order, with their payload's type */
  named: <Name extends keyof ServerPayloads>(event: Name) => Captured<Name>[];
  /** the names of the events sent to a room, in order */
  heardBy: (room: string) => string[];
  clear: () => void;
}

/** Replaces the Socket.IO server until the end of the test, and records what it was told to send. */
export function captureEvents(): Capture {
  const capture: Capture = {
    events: [],
    moves: [],
    named: <Name extends keyof ServerPayloads>(event: Name) =>
      capture.events.filter((captured): captured is Captured<Name> => captured.event === event),
    heardBy: (room) => capture.events.filter((captured) => captured.rooms.includes(room)).map((captured) => captured.event),
    clear: () => {
      capture.events.length = 0;
      capture.moves.length = 0;
    },
  };
  setIo(operator(capture, [], []) as unknown as Io);
  onTestFinished(() => setIo(null));
  return capture;
}

type Rooms = string | string[];

/** Chainable like Socket.IO's broadcast operator. */
function operator(capture: Capture, rooms: string[], except: string[]) {
  const move = (action: CapturedMove['action'], targets: Rooms = []) => {
    capture.moves.push({ sockets: rooms, action, rooms: [targets].flat() });
  };
  const self = {
    to: (more: Rooms) => operator(capture, rooms.concat(more), except),
    in: (more: Rooms) => operator(capture, rooms.concat(more), except),
    except: (more: Rooms) => operator(capture, rooms, except.concat(more)),
    emit: (event: keyof ServerPayloads, payload: ServerPayloads[keyof ServerPayloads]) => {
      // Serialized as on the wire: later changes of the object have no effect, and undefined fields are absent.
      const sent = JSON.parse(JSON.stringify(payload));
      parseEvent(event, sent);
      capture.events.push({ rooms, except, event, payload: sent });
      return true;
    },
    socketsJoin: (targets: Rooms) => move('join', targets),
    socketsLeave: (targets: Rooms) => move('leave', targets),
    disconnectSockets: () => move('disconnect'),
    sockets: { sockets: new Map() },
    adapter: { rooms: new Map<string, Set<string>>() },
  };
  return Object.assign(self, { local: self, volatile: self, of: () => self });
}
