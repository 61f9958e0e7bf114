import type { ChatState, MessageWindow, Slice } from '@/client/state/state';
import type { Conversation } from '@/lib/domain/conversations/schema';
import type { Message, SystemMetadata } from '@/lib/domain/messages/schema';
import type { Participant } from '@/lib/domain/participants/schema';
import type { presenceEvents } from '@/lib/domain/presence/events';
import type { userEvents } from '@/lib/domain/users/events';
import type { Sender, User } from '@/lib/domain/users/schema';

/** The statuses, names and pictures of people, wherever they are shown. */
export const people: Slice<keyof typeof presenceEvents | keyof typeof userEvents> = {
  initial: {},
  reduce: {
    'presence.changed': (state, { userId, ...presence }) =>
      changeUsers(state, (user) => (user.id === userId ? { ...user, ...presence } : user)),
    'user.updated': (state, { user }) =>
      renameMessages(
        changeUsers(state, (one) => rename(one, user)),
        user,
      ),
    // One's own user is not part of this state: events.ts keeps it.
    'me.updated': (state) => state,
  },
};

/** The person with their new name, handle and picture; other people unchanged. Their status follows from `presence.changed`. */
export function rename<Shown extends Sender>(shown: Shown, { id, name, handle, image }: Sender): Shown {
  const stays = shown.id !== id || (shown.name === name && shown.handle === handle && shown.image === image);
  return stays ? shown : { ...shown, name, handle, image };
}

function changeUsers(state: ChatState, change: (user: User) => User): ChatState {
  const changeOne = (one: Participant) => replace(one, 'user', change(one.user));
  const changeFaces = (one: Conversation) => replace(one, 'participants', mapKept(one.participants, changeOne));
  const conversations = mapKept(state.conversations, changeFaces);
  const rosters = mapValues(state.rosters, (list) => mapKept(list, changeOne));
  return replace(replace(state, 'conversations', conversations), 'rosters', rosters);
}

function renameMessages(state: ChatState, user: Sender): ChatState {
  const changeLast = (one: Conversation) => {
    const { lastMessage, pins } = one;
    const renamed = replace(one, 'lastMessage', lastMessage && renameIn(lastMessage, user));
    return replace(renamed, 'pins', pins && replace(pins, 'latest', pins.latest && renameIn(pins.latest, user)));
  };
  const changeRows = (window: MessageWindow) => {
    const messages = mapKept(window.messages, (message) => renameIn(message, user));
    return replace(
      replace(window, 'messages', messages),
      'ahead',
      mapKept(window.ahead, (message) => renameIn(message, user)),
    );
  };
  const windows = mapValues(state.windows, changeRows);
  return replace(replace(state, 'conversations', mapKept(state.conversations, changeLast)), 'windows', windows);
}

/** In the sender, the quoted author, who pinned it, and the people of a system message. */
function renameIn(message: Message, user: Sender): Message {
  const { replyTo, pinnedBy, metadata } = message;
  const quote = replyTo && replace(replyTo, 'sender', rename(replyTo.sender, user));
  const written = replace(replace(message, 'sender', rename(message.sender, user)), 'replyTo', quote);
  const renamed = replace(written, 'pinnedBy', pinnedBy && rename(pinnedBy, user));
  const { names } = (message.type === 'system' ? (metadata as Partial<SystemMetadata> | null) : null) ?? {};
  if (!names || (names[user.id] ?? user.name) === user.name) return renamed;
  return { ...renamed, metadata: { ...metadata, names: { ...names, [user.id]: user.name } } };
}

/** Each function returns the same object when nothing changed, so that nothing renders again. */

function replace<Whole, Field extends keyof Whole>(whole: Whole, field: Field, value: Whole[Field]): Whole {
  return whole[field] === value ? whole : { ...whole, [field]: value };
}

function mapKept<Item>(list: Item[], change: (item: Item) => Item): Item[] {
  const next = list.map(change);
  return next.every((item, index) => item === list[index]) ? list : next;
}

function mapValues<Value>(record: Record<string, Value>, change: (value: Value) => Value): Record<string, Value> {
  const next = Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
  return Object.keys(next).every((key) => next[key] === record[key]) ? record : next;
}
