import { BoundedMap } from '@/lib/platform/memory/bounded-map';

/** A piece of code of one kind, such as 'keyword' or 'string'; null: without a colour. */
export interface Piece {
  text: string;
  kind: string | null;
}

interface Job {
  language: string;
  code: string;
  done: (pieces: Piece[] | null) => void;
}

/** Usual code takes a few milliseconds, but some texts would take the highlighter many seconds. */
const patienceMs = 1_000;
const kept = new BoundedMap<string, Promise<Piece[] | null>>(100);
const waiting: Job[] = [];
let worker: Worker | null = null;
let isAtWork = false;

/**
 * Highlights code in a web worker, one text at a time.
 * @returns null when there are no workers, or when it takes too long
 */
export function highlight(language: string, code: string): Promise<Piece[] | null> {
  const key = `${language}\n${code}`;
  const known = kept.get(key);
  if (known) return known;
  const asked = new Promise<Piece[] | null>((done) => {
    waiting.push({ language, code, done });
    void work();
  });
  kept.set(key, asked);
  return asked;
}

async function work(): Promise<void> {
  if (isAtWork) return;
  isAtWork = true;
  for (let job = waiting.shift(); job; job = waiting.shift()) job.done(await answerOf(job));
  isAtWork = false;
}

function answerOf({ language, code }: Job): Promise<Piece[] | null> {
  return new Promise((resolve) => {
    try {
      worker ??= new Worker(new URL('./highlight-worker.ts', import.meta.url), { type: 'module', name: 'highlight' });
    } catch {
      // Without workers code is not highlighted.
      resolve(null);
      return;
    }
    const at = worker;
    const finish = (pieces: Piece[] | null) => {
      clearTimeout(timer);
      at.onmessage = null;
      at.onerror = null;
      resolve(pieces);
    };
    const giveUp = () => {
      at.terminate();
      worker = null;
      finish(null);
    };
    let timer = setTimeout(giveUp, startMs);
    at.onmessage = ({ data }: MessageEvent<Piece[] | 'begun'>) => {
      if (data !== 'begun') return finish(data);
      clearTimeout(timer);
      timer = setTimeout(giveUp, patienceMs);
    };
    at.onerror = giveUp;
    at.postMessage({ language, code });
  });
}

/** Includes loading the worker's script over the network. */
const startMs = 30_000;
