/** What one tab of a browser tells the others. */
export interface Channel<Word> {
  say: (word: Word) => void;
  close: () => void;
}

/** Where browsers have no channel, or forbid it with their storage, every tab is alone, and learns from the server. */
export function openChannel<Word>(name: string, hear: (word: Word) => void): Channel<Word> {
  try {
    const channel = new BroadcastChannel(name);
    channel.onmessage = ({ data }: MessageEvent<Word>) => hear(data);
    return { say: (word) => channel.postMessage(word), close: () => channel.close() };
  } catch {
    return { say: () => undefined, close: () => undefined };
  }
}
