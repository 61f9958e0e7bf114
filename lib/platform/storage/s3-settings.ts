import type { S3Variables } from '@/lib/platform/env/s3';

export interface S3Settings {
  bucket: string;
  /** prefix of every object key: empty, or ending in a slash */
  prefix: string;
  region: string;
  /** undefined for Amazon */
  endpoint: string | undefined;
  /** address of the same store for browsers */
  publicEndpoint: string | undefined;
  pathStyle: boolean;
  /** undefined for the SDK's own lookup, such as the role of a machine */
  credentials: { accessKeyId: string; secretAccessKey: string } | undefined;
  signedUrls: boolean;
}

/** @returns null when S3_BUCKET is unset, so files are kept in the data folder */
export function s3Settings(variables: S3Variables): S3Settings | null {
  if (!variables.S3_BUCKET) return null;
  const endpoint = variables.S3_ENDPOINT || undefined;
  const accessKeyId = variables.S3_ACCESS_KEY_ID;
  return {
    bucket: variables.S3_BUCKET,
    prefix: variables.S3_PREFIX && `${variables.S3_PREFIX.replace(/\/$/, '')}/`,
    region: variables.S3_REGION,
    endpoint,
    publicEndpoint: variables.S3_PUBLIC_ENDPOINT || endpoint,
    // Amazon expects the bucket in the host name; self-hosted stores usually have a single host name.
    pathStyle: variables.S3_PATH_STYLE ?? endpoint !== undefined,
    credentials: accessKeyId ? { accessKeyId, secretAccessKey: variables.S3_SECRET_ACCESS_KEY } : undefined,
    signedUrls: variables.S3_SIGNED_URLS,
  };
}
