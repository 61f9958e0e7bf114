import { randomUUID } from 'node:crypto';
import { env } from '@/lib/platform/env/env';
import { log } from '@/lib/platform/log/log';
import { processSingleton } from '@/lib/platform/process/singleton';
import { StartupError } from '@/lib/platform/process/startup-error';
import { S3Storage } from '@/lib/platform/storage/s3';
import { isRefusal } from '@/lib/platform/storage/s3-failure';
import { storage } from '@/lib/platform/storage/storage';

const holder = () => processSingleton('file-origin', () => ({ origin: '' }));

/** The origin from which pages load pictures, if it is not Parley's own; otherwise empty. */
export const fileOrigin = () => holder().origin;

/**
 * Checks that the store of S3_BUCKET can be used.
 * @throws StartupError
 */
export async function openFiles(): Promise<void> {
  const files = storage();
  if (!(files instanceof S3Storage)) return;
  try {
    await files.check();
  } catch (error) {
    if (isRefusal(error as Error)) throw unusable(error as Error);
    // A node that starts while the store is unreachable must start all the same: only files need the store.
    log().warn({ reason: (error as Error).message }, 'The store of S3_BUCKET does not answer right now.');
  }
  const url = await files.signedUrl(randomUUID(), { contentType: '', contentDisposition: '' });
  if (url) holder().origin = new URL(url).origin;
}

/** Describes for people where files are stored. */
export function describeFiles(): string {
  const { S3_BUCKET, S3_ENDPOINT, S3_REGION, S3_SIGNED_URLS } = env();
  if (!S3_BUCKET) return 'in the data folder';
  const where = S3_ENDPOINT ? `at ${new URL(S3_ENDPOINT).host}` : `in ${S3_REGION}`;
  return `in S3 bucket ${S3_BUCKET} ${where}${S3_SIGNED_URLS ? ', read there by signed addresses' : ''}`;
}

function unusable({ name, message }: Error): StartupError {
  const { S3_BUCKET } = env();
  const reason = message && message !== name ? `${name}: ${message.replace(/\s+/g, ' ').replace(/\.$/, '')}` : name;
  return new StartupError(
    `the bucket ${S3_BUCKET} of S3_BUCKET cannot be used (${reason}). Correct the S3_ variables, or make the bucket.`,
  );
}
