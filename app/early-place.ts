import { landingPx } from '@/components/messages/place';

/**
 * Goes to the first unread message of a conversation as soon as that has come in, before it is painted: the page's own scripts run
 * later, on a slow device much later, and it would jump there from its end. A link to a message leads elsewhere.
 * What bringLine of use-timeline.ts does: this runs before any module is there to call.
 */
export const findEarlyPlace = `{
  const observer = new MutationObserver(() => {
    if (!document.querySelector('[data-whole]')) return;
    observer.disconnect();
    const log = document.querySelector('[role=log]');
    const line = log?.querySelector('[data-read-line]');
    if (!line || location.search) return;
    const above = line.getBoundingClientRect().top - log.getBoundingClientRect().top - ${landingPx};
    if (above < 0) log.scrollTop += above;
  });
  observer.observe(document, { childList: true, subtree: true });
  addEventListener('DOMContentLoaded', () => observer.disconnect());
}`;
