/** A cookie with the conversation whose page failed recently, so that the start page does not open it again. */
export const failedCookie = 'parley-failed';

const forSeconds = 600;

export function rememberFailed(conversationId: string | null): void {
  if (!conversationId) return;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser
  document.cookie = `${failedCookie}=${conversationId}; path=/; max-age=${forSeconds}; samesite=lax`;
}
