/**
 * The message that the baselines broadcast. It has the fields of Parley's messages, so that every server of a run sends the same number
 * of bytes. The baselines have no users and validate nothing.
 */
export function sampleMessage(
  input: { conversationId: string; clientMessageId: string; content: string },
  sender: string,
  seq: number,
) {
  const at = new Date().toISOString();
  return {
    ...{ id: crypto.randomUUID(), conversationId: input.conversationId, seq, rev: seq },
    sender: { id: sender, name: `Person ${sender.slice(0, 4)}`, handle: `person-${sender.slice(0, 4)}`, image: null },
    ...{
      clientMessageId: input.clientMessageId,
      type: 'text',
      content: input.content,
      metadata: null,
      mentions: [],
      attachments: [],
    },
    ...{ replyTo: null, reactions: [], pinnedAt: null, pinnedBy: null, createdAt: at, editedAt: null, deletedAt: null },
  };
}

export type SampleInput = Parameters<typeof sampleMessage>[0];

/** A conversation with the fields of Parley's conversations, and the given last message. */
export function sampleConversation(last: SampleInput, sender: string) {
  const message = sampleMessage(last, sender, 1);
  const user = { ...message.sender, status: 'offline', statusText: '', lastSeenAt: null };
  const watermarks = { lastReadSeq: 0, lastReadAt: null, lastDeliveredSeq: 0, lastDeliveredAt: null };
  const participant = { user, role: 'member', joinedAt: message.createdAt, ...watermarks };
  return {
    ...{ id: last.conversationId, kind: 'group', name: 'Bench', description: '', visibility: 'private', image: null },
    ...{
      createdById: sender,
      createdAt: message.createdAt,
      lastSeq: 1,
      lastRev: 1,
      lastMessage: message,
      participantCount: 16,
    },
    participants: Array.from({ length: 5 }, () => participant),
    me: {
      role: 'member',
      joinedAt: message.createdAt,
      lastReadSeq: 0,
      unreadCount: 1,
      mentionCount: 0,
      notify: 'all',
      draft: '',
    },
  };
}
