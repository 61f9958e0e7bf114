/**
 * What the baselines broadcast: an object with the fields of Parley's own message, so that every server of a run moves the same
 * bytes. They know nobody and check nothing.
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
    ...{ replyTo: null, reactions: [], createdAt: at, editedAt: null, deletedAt: null },
  };
}

export type SampleInput = Parameters<typeof sampleMessage>[0];
