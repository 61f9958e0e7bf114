import { unavailable } from '@/lib/platform/errors/error';
import { log } from '@/lib/platform/log/log';
import { storageMetrics } from '@/lib/platform/storage/metrics';

/** An error of the SDK, with the store's HTTP status if there was a response. */
interface S3Failure extends Error {
  $metadata?: { httpStatusCode?: number };
}

/** Whether the object or upload does not exist. A missing bucket is an error instead. */
export function isAbsent({ name, $metadata }: S3Failure): boolean {
  return $metadata?.httpStatusCode === 404 && name !== 'NoSuchBucket';
}

/** Whether the store rejected the request permanently: no such bucket, wrong credentials, another region. */
export function isRefusal({ name, $metadata }: S3Failure): boolean {
  if (name === 'CredentialsProviderError') return true;
  const status = $metadata?.httpStatusCode ?? 0;
  return status >= 300 && status < 500 && status !== 408 && status !== 429;
}

/** Translates any failure of the store to UNAVAILABLE, and logs the reason. */
export async function asUnavailable<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    const { name, message, $metadata } = error as S3Failure;
    storageMetrics().storageErrors.inc();
    log().warn({ code: name, reason: message, status: $metadata?.httpStatusCode }, 'A request to the file store failed.');
    throw unavailable('Files cannot be stored or read right now. Please try again.', 5);
  }
}
