/** Messages between the tabs of a browser. */
export interface Channel<Message> {
  post: (message: Message) => void;
  close: () => void;
}

/** Opens a BroadcastChannel. Where it is missing or blocked, messages are dropped, and each tab relies on the server. */
export function openChannel<Message>(name: string, onMessage: (message: Message) => void): Channel<Message> {
  try {
    const channel = new BroadcastChannel(name);
    channel.onmessage = ({ data }: MessageEvent<Message>) => onMessage(data);
    return { post: (message) => channel.postMessage(message), close: () => channel.close() };
  } catch {
    return { post: () => undefined, close: () => undefined };
  }
}
