/** The query cache's keys, with the type of each value. */
export const keys = {
  /** Me */
  me: ['me'] as const,
  /** ConversationPage: my conversations, newest message first */
  conversations: ['conversations'] as const,
  /** Conversation: one that is not in my list (a preview, a direct one without messages) */
  conversation: (id: string) => ['conversation', id] as const,
  /** MessageWindow */
  messages: (conversationId: string) => ['messages', conversationId] as const,
  /** Participant[]: up to 100, with their watermarks */
  roster: (conversationId: string) => ['roster', conversationId] as const,
  /** UserPage */
  users: (q: string) => ['users', q] as const,
  /** every UserPage */
  allUsers: ['users'] as const,
  /** ConversationPage */
  publicConversations: (q: string) => ['public', q] as const,
  /** pages of what was shared in a conversation, in every version */
  shared: (conversationId: string, list: string) => ['shared', conversationId, list] as const,
  /** SearchAnswer: the key is what the panel searches for */
  search: (asked: string, zone: string) => ['search', asked, zone] as const,
  /** every SearchAnswer */
  searches: ['search'] as const,
  /** DeviceSession[] */
  sessions: ['sessions'] as const,
  /** ProgressAnswer */
  searchProgress: ['search-progress'] as const,
};
