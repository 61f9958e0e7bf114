import type { z } from 'zod';
import { maybeYesNo, text, yesNo } from '@/lib/platform/env/values';

const address = text().refine((value) => value === '' || /^https?:$/.test(URL.canParse(value) ? new URL(value).protocol : ''), {
  error: 'the address of an S3-compatible store, such as https://s3.example.org',
});

/** Settings of an S3-compatible store, which keeps files instead of the data folder. */
export const s3Variables = {
  S3_BUCKET: text().refine((value) => value === '' || /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(value), {
    error: "a bucket's name: 3 to 63 lower-case letters, digits, dots and hyphens",
  }),
  S3_ENDPOINT: address,
  S3_PUBLIC_ENDPOINT: address,
  S3_REGION: text('us-east-1'),
  S3_PREFIX: text().refine((value) => value === '' || /^[\w.-]+(\/[\w.-]+)*\/?$/.test(value), {
    error: 'a folder within the bucket, such as parley or chat/files',
  }),
  S3_ACCESS_KEY_ID: text(),
  S3_SECRET_ACCESS_KEY: text(),
  S3_PATH_STYLE: maybeYesNo,
  S3_SIGNED_URLS: yesNo(false),
};

export type S3Variables = z.output<z.ZodObject<typeof s3Variables>>;

/** An error message, with the fix, when the variables don't fit together; null when they do. */
export function problemOfS3(settings: S3Variables): string | null {
  const { S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = settings;
  const dependent = (['S3_ENDPOINT', 'S3_PUBLIC_ENDPOINT', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const).find(
    (name) => settings[name],
  );
  if (!S3_BUCKET && dependent)
    return `${dependent} is set, but S3_BUCKET is not. Set it to the bucket for files, or unset ${dependent}.`;
  if (!S3_ACCESS_KEY_ID === !S3_SECRET_ACCESS_KEY) return null;
  const missing = S3_ACCESS_KEY_ID ? 'S3_SECRET_ACCESS_KEY' : 'S3_ACCESS_KEY_ID';
  return `${missing} is not set, but S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY belong together. Set it, or unset the other.`;
}
