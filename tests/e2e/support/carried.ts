import type { JSHandle, Page } from '@playwright/test';
import type { Actor } from '@/tests/e2e/support/actor';

export interface Carried {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** Attaches files with the button beside the composer and the file dialog. */
export async function choose({ page }: Actor, files: Carried[]): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Attach files' }).click(),
  ]);
  await chooser.setFiles(files);
}

/** Drags files over the page, as from the desktop. */
export function carry(page: Page, files: Carried[]): Promise<JSHandle<DataTransfer>> {
  const plain = files.map(({ name, mimeType, buffer }) => ({ name, mimeType, base64: buffer.toString('base64') }));
  return page.evaluateHandle((list) => {
    const transfer = new DataTransfer();
    for (const { name, mimeType, base64 } of list) {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      transfer.items.add(new File([bytes], name, { type: mimeType }));
    }
    return transfer;
  }, plain);
}

/** Sends a message with these files, by REST. */
export async function sendFiles(actor: Actor, conversationId: string, files: Carried[], content = ''): Promise<void> {
  const attachmentIds: string[] = [];
  for (const file of files) {
    const answer = await actor.page.context().request.post('/api/uploads', { multipart: { file } });
    attachmentIds.push((await answer.json()).attachment.id);
  }
  await actor.ask('POST', `/api/conversations/${conversationId}/messages`, { content, attachmentIds });
}

/** Drags the files or folders at these paths from the desktop to a point of the page; with true, stops before the drop. */
export async function dragPaths({ page }: Actor, paths: string[], at: { x: number; y: number }, held = false): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  const types = held ? (['dragEnter', 'dragOver'] as const) : (['dragEnter', 'dragOver', 'drop'] as const);
  for (const type of types) await devtools.send('Input.dispatchDragEvent', { type, ...at, data });
}

export async function drop(actor: Actor, dataTransfer: JSHandle<DataTransfer>): Promise<void> {
  await actor.composer.dispatchEvent('dragover', { dataTransfer });
  await actor.composer.dispatchEvent('drop', { dataTransfer });
}

/** Fills the clipboard with several formats of the same content, like other programs. */
export async function copy({ page }: Actor, formats: Record<string, string | Buffer>): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const encoded = Object.entries(formats).map(([type, data]) => [type, Buffer.from(data).toString('base64')] as const);
  await page.evaluate(async (list) => {
    const blobs = list.map(([type, base64]) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      return [type, new Blob([bytes], { type })] as const;
    });
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
  }, encoded);
}

/** Slows uploads down. @returns a function that ends this */
export async function throttleUploads({ page }: Actor, bytesPerSecond: number): Promise<() => Promise<void>> {
  const devtools = await page.context().newCDPSession(page);
  const conditions = { offline: false, latency: 0, downloadThroughput: -1 };
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', { ...conditions, uploadThroughput: bytesPerSecond });
  return async () => {
    await devtools.send('Network.emulateNetworkConditions', { ...conditions, uploadThroughput: -1 });
  };
}
