import type { SearchEntry } from '@/client/search/entry';
import type { Request } from '@/client/search/local-index';
import type { Question } from '@/client/search/scan';

let worker: Worker | null = null;
let lastId = 0;
const waiting = new Map<number, (entries: SearchEntry[]) => void>();

/** Searches the messages stored in this browser. @returns an empty list without workers, or when the index is closed */
export const searchLocally = (question: Question): Promise<SearchEntry[]> => ask({ kind: 'search', question });

/** Sends a request to the worker. */
export function ask(request: Request): Promise<SearchEntry[]> {
  if (request.kind === 'open') start();
  const to = worker;
  if (!to) return Promise.resolve([]);
  lastId += 1;
  const id = lastId;
  return new Promise((resolve) => {
    waiting.set(id, resolve);
    to.postMessage({ id, request });
  });
}

function start(): void {
  if (worker) return;
  try {
    const started = new Worker(new URL('./search-worker.ts', import.meta.url), { type: 'module', name: 'search' });
    started.onmessage = ({ data }: MessageEvent<{ id: number; entries: SearchEntry[] }>) => {
      waiting.get(data.id)?.(data.entries);
      waiting.delete(data.id);
    };
    started.onerror = stop;
    worker = started;
  } catch {
    // Without workers only the server searches.
  }
}

/** Ends the worker, and frees the messages in its memory. */
export function stop(): void {
  worker?.terminate();
  worker = null;
  for (const resolve of waiting.values()) resolve([]);
  waiting.clear();
}
