import { resolve } from 'node:path';
import { env } from '@/lib/platform/env/env';
import { processSingleton } from '@/lib/platform/process/singleton';
import { DiskStorage } from '@/lib/platform/storage/disk';
import { S3Storage } from '@/lib/platform/storage/s3';
import { s3Settings } from '@/lib/platform/storage/s3-settings';
import type { Storage } from '@/lib/platform/storage/store';

/** The storage of this installation. */
export function storage(): Storage {
  return processSingleton('storage', () => {
    const settings = s3Settings(env());
    return settings ? new S3Storage(settings) : new DiskStorage(uploadsDir());
  });
}

export const uploadsDir = () => resolve(env().PARLEY_DATA_DIR, 'uploads');
