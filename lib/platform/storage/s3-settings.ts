import type { S3Variables } from '@/lib/platform/env/s3';

export interface S3Settings {
  bucket: string;
  /** what every name in the bucket begins with: empty, or it ends in a slash */
  prefix: string;
  region: string;
  /** unset: Amazon's */
  endpoint: string | undefined;
  /** by which address browsers reach the same store */
  publicEndpoint: string | undefined;
  pathStyle: boolean;
  /** unset: what the SDK finds by itself, as the role of a machine */
  credentials: { accessKeyId: string; secretAccessKey: string } | undefined;
  signedUrls: boolean;
}

/** Null when files are kept in the data folder. */
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
    // Amazon wants the bucket in the host's name; the store in one's own cellar has one name.
    pathStyle: variables.S3_PATH_STYLE ?? endpoint !== undefined,
    credentials: accessKeyId ? { accessKeyId, secretAccessKey: variables.S3_SECRET_ACCESS_KEY } : undefined,
    signedUrls: variables.S3_SIGNED_URLS,
  };
}
