import { unavailable } from '@/lib/platform/errors/error';
import { log } from '@/lib/platform/log/log';
import { measured } from '@/lib/platform/metrics/metrics';

/** How the SDK describes what went wrong, in the store or before it was reached. */
interface S3Failure extends Error {
  $metadata?: { httpStatusCode?: number };
}

/** There is no such object, or upload; a bucket that is missing is a fault and not an answer. */
export function isAbsent({ name, $metadata }: S3Failure): boolean {
  return $metadata?.httpStatusCode === 404 && name !== 'NoSuchBucket';
}

/** The store answered, and what it says will not change by itself: no such bucket, wrong credentials, another region. */
export function isRefusal({ name, $metadata }: S3Failure): boolean {
  if (name === 'CredentialsProviderError') return true;
  const status = $metadata?.httpStatusCode ?? 0;
  return status >= 300 && status < 500 && status !== 408 && status !== 429;
}

/** Whatever the store fails with, people hear UNAVAILABLE, and the log the reason. */
export async function answered<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    const { name, message, $metadata } = error as S3Failure;
    measured().storageErrors.inc();
    log().warn({ code: name, reason: message, status: $metadata?.httpStatusCode }, 'The file store did not do it.');
    throw unavailable('Files cannot be stored or read right now. Please try again.', 5);
  }
}
