import { landingPx } from '@/components/messages/place';

/**
 * Scrolls to a conversation's first unread message as soon as it is parsed, before it is painted. The page's own scripts run
 * later, on a slow device much later, and would jump there from the end. A permalink scrolls elsewhere. The code repeats
 * bringLine of use-timeline.ts, because no module is loaded yet.
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
