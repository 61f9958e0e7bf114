import { flowText } from '@/lib/platform/media/flow-text';
import { processSingleton } from '@/lib/platform/process/singleton';
import { WorkerPool } from '@/lib/platform/workers/worker-pool';

/** A task of lib/platform/media/pdf-worker.mjs. */
export interface Task {
  path: string;
  maxChars: number;
}

/**
 * The beginning of a PDF file's text, as continuous text: words that are divided at the end of a line are put together.
 * @throws WorkerLost when reading it exceeds a limit; UNAVAILABLE when no worker can be started; Error when the file is damaged or encrypted
 */
export async function textOfPdf(path: string, maxChars: number): Promise<string> {
  return flowText(await pdfWorkers().run('search', { path, maxChars }));
}

const pdfWorkers = () =>
  processSingleton(
    'pdf-readers',
    () =>
      new WorkerPool<Task, string>('lib/platform/media/pdf-worker.mjs', {
        concurrency: 1,
        maxCpuMs: 5_000,
        maxMs: 20_000,
        maxBytes: 768 * 1024 ** 2,
        idleMs: 60_000,
      }),
  );
