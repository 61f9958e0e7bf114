/** The conversation whose page failed of late, in a cookie: the way home must not lead back into it. */
export const failedCookie = 'parley-failed';

const forSeconds = 600;

export function rememberFailed(conversationId: string | null): void {
  if (!conversationId) return;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser
  document.cookie = `${failedCookie}=${conversationId}; path=/; max-age=${forSeconds}; samesite=lax`;
}
