import { create } from 'zustand';
import { type ApiError, errorOf, unreachable } from '@/client/api/api';
import { newId } from '@/client/browser/new-id';
import type { Attachment } from '@/lib/domain/attachments/schema';
import { limits } from '@/lib/platform/limits/schema';

/** A file that is being uploaded. It belongs to its conversation, whichever is on screen. */
export interface Upload {
  key: string;
  conversationId: string;
  file: File;
  /** of an image, shown before the upload is complete */
  previewUrl: string | null;
  /** 0 to 1 */
  progress: number;
  state: 'waiting' | 'uploading' | 'done' | 'failed' | 'refused';
  problem?: UploadProblem;
  attachment?: Attachment;
}

/** The reason why an upload failed: an error of the server, or one that was found before. */
export type UploadProblem = 'empty' | 'tooLarge' | 'tooMany' | 'unreadable' | ApiError;

interface Uploads {
  uploads: Upload[];
}

const atOnce = 3;
const useUploadStore = create<Uploads>(() => ({ uploads: [] }));
const requests = new Map<string, XMLHttpRequest>();

export const useUploads = () => useUploadStore(({ uploads }) => uploads);
const uploadsOf = (conversationId: string) => all().filter((upload) => upload.conversationId === conversationId);

/** Starts uploads. A file over a limit is refused before any byte is sent. */
export function addFiles(conversationId: string, files: File[]): void {
  let room = limits().attachments - uploadsOf(conversationId).filter(({ state }) => state !== 'refused').length;
  const added = files.map((file): Upload => {
    const problem = judge(file, room);
    if (!problem) room -= 1;
    const previewUrl = !problem && file.type.startsWith('image/') ? URL.createObjectURL(file) : null;
    const key = newId();
    const state = problem ? 'refused' : 'waiting';
    return { key, conversationId, file, previewUrl, progress: 0, state, ...(problem ? { problem } : {}) };
  });
  useUploadStore.setState({ uploads: [...all(), ...added] });
  startNext();
}

/** Removes an upload, and cancels it when it is running. */
export function removeUpload(key: string): void {
  requests.get(key)?.abort();
  requests.delete(key);
  const gone = all().find((upload) => upload.key === key);
  if (gone?.previewUrl) URL.revokeObjectURL(gone.previewUrl);
  useUploadStore.setState({ uploads: all().filter((upload) => upload.key !== key) });
  startNext();
}

export function retryUpload(key: string): void {
  update(key, { state: 'waiting', progress: 0 });
  startNext();
}

/** Removes the uploads for a message that is being sent, with the refused ones, which have been seen. */
export function takeUploads(conversationId: string): Attachment[] {
  const taken = uploadsOf(conversationId).filter(({ state }) => state === 'done' || state === 'refused');
  for (const { key } of taken) removeUpload(key);
  return taken.flatMap(({ attachment }) => attachment ?? []);
}

/** Puts files back whose message was not sent. The server has them already. */
export function restoreUploads(conversationId: string, attachments: Attachment[]): void {
  const restored = attachments.map((attachment): Upload => {
    const file = new File([], attachment.name, { type: attachment.mimeType });
    const previewUrl = attachment.mimeType.startsWith('image/') ? (attachment.thumbnailUrl ?? attachment.url) : null;
    return { key: newId(), conversationId, file, previewUrl, progress: 1, state: 'done', attachment };
  });
  useUploadStore.setState({ uploads: [...all(), ...restored] });
}

function judge(file: File, room: number): UploadProblem | null {
  if (file.size > limits().upload) return 'tooLarge';
  if (file.size === 0) return 'empty';
  return room <= 0 ? 'tooMany' : null;
}

function startNext(): void {
  const waiting = all().filter(({ state }) => state === 'waiting');
  for (const upload of waiting.slice(0, Math.max(0, atOnce - requests.size))) start(upload);
}

function start({ key, file }: Upload): void {
  const request = new XMLHttpRequest();
  requests.set(key, request);
  update(key, { state: 'uploading' });
  request.upload.onprogress = ({ loaded, total }) => update(key, { progress: total > 0 ? loaded / total : 0 });
  request.onload = () => finish(key, request);
  request.onerror = () => void failToSend(key, file);
  request.open('POST', '/api/uploads');
  request.responseType = 'json';
  const form = new FormData();
  form.append('file', file);
  request.send(form);
}

function finish(key: string, { status, response }: XMLHttpRequest): void {
  if (status < 200 || status >= 300) {
    fail(key, errorOf(status, response));
    return;
  }
  requests.delete(key);
  update(key, { state: 'done', progress: 1, attachment: (response as { attachment: Attachment }).attachment });
  startNext();
}

/** Browsers report a lost connection and an unreadable file in the same way, so the file is read again. */
async function failToSend(key: string, file: File): Promise<void> {
  const readable = await isReadable(file);
  // Removed meanwhile.
  if (!requests.has(key)) return;
  if (readable) return fail(key, unreachable());
  requests.delete(key);
  update(key, { state: 'failed', problem: 'unreadable' });
  startNext();
}

/** Whether the bytes can be read: not of a folder, nor of a file that was moved, changed or locked since it was chosen. */
export async function isReadable(file: Blob): Promise<boolean> {
  const ends = [file.slice(0, 1), file.slice(-1)];
  return Promise.all(ends.map((end) => end.arrayBuffer())).then(
    () => true,
    () => false,
  );
}

function fail(key: string, error: ApiError): void {
  requests.delete(key);
  const refused = error.code === 'PAYLOAD_TOO_LARGE' || error.code === 'UNSUPPORTED_MEDIA_TYPE';
  update(key, { state: refused ? 'refused' : 'failed', problem: error });
  startNext();
}

const all = () => useUploadStore.getState().uploads;

function update(key: string, changes: Partial<Upload>): void {
  useUploadStore.setState({ uploads: all().map((upload) => (upload.key === key ? { ...upload, ...changes } : upload)) });
}
