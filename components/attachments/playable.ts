import { useSyncExternalStore } from 'react';

/** What every browser of today plays: what the server's first page assumes, before it is known which browser reads it. */
const commonTypes = /^(video\/(mp4|webm|ogg|quicktime)|audio\/(mpeg|mp4|x-m4a|aac|ogg|opus|flac|wav|webm|x-wav|vnd\.wave))$/;

/** Types that a browser does not own to, though it reads them by another name; else the player's own error decides. */
const otherNames: Record<string, string> = {
  'video/quicktime': 'video/mp4',
  'audio/x-m4a': 'audio/mp4',
  'audio/opus': 'audio/ogg',
  'audio/x-wav': 'audio/wav',
  'audio/vnd.wave': 'audio/wav',
};

/** Whether this browser may play a file of this type: it is asked, and answers '', 'maybe' or 'probably'. */
export function canPlay(mimeType: string, ask: (mimeType: string) => string): boolean {
  return ask(mimeType) !== '' || ask(otherNames[mimeType] ?? mimeType) !== '';
}

export function useCanPlay(mimeType: string): boolean {
  return useSyncExternalStore(
    never,
    () => canPlay(mimeType, askBrowser),
    () => commonTypes.test(mimeType),
  );
}

function askBrowser(mimeType: string): string {
  return document.createElement(mimeType.startsWith('video/') ? 'video' : 'audio').canPlayType(mimeType);
}

const never = () => () => {};
