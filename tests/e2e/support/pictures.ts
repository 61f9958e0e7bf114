import type { Locator } from '@playwright/test';
import sharp from 'sharp';
import type { Actor } from '@/tests/e2e/support/actor';
import { sendFiles } from '@/tests/e2e/support/carried';

/** A single-colour picture. */
export const png = (background: string | { r: number; g: number; b: number; alpha: number }, width = 3000, height = 2000) =>
  sharp({ create: { width, height, channels: 4, background } })
    .png()
    .toBuffer();

/** A person with pictures in their notes, and the notes open. */
export async function withPictures(ada: Actor, pictures: Record<string, Buffer>, mimeType = 'image/png'): Promise<void> {
  const id = await ada.directWith(ada);
  for (const [name, buffer] of Object.entries(pictures)) await sendFiles(ada, id, [{ name, mimeType, buffer }]);
  await ada.open(id);
}

export const inTimeline = (actor: Actor, name: string) => actor.timeline.getByRole('button', { name });
export const shown = (actor: Actor, name: string) => actor.dialog.getByRole('img', { name });
export const percent = (actor: Actor) => actor.dialog.getByRole('toolbar', { name: 'Size' }).getByRole('status');
export const boxOf = async (locator: Locator) => (await locator.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
