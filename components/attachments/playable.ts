import { useSyncExternalStore } from 'react';

/** The types that every current browser plays. The server's first page assumes them, before the browser is known. */
const commonTypes = /^(video\/(mp4|webm|ogg|quicktime)|audio\/(mpeg|mp4|x-m4a|aac|ogg|opus|flac|wav|webm|x-wav|vnd\.wave))$/;

/** Types that browsers deny but play under another name. For the rest the player's own error decides. */
const otherNames: Record<string, string> = {
  'video/quicktime': 'video/mp4',
  'audio/x-m4a': 'audio/mp4',
  'audio/opus': 'audio/ogg',
  'audio/x-wav': 'audio/wav',
  'audio/vnd.wave': 'audio/wav',
};

/**
 * Whether this browser may play a file of this type.
 * @param ask the browser's answer: '', 'maybe' or 'probably'
 */
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
