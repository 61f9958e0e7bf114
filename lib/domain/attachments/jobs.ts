import { z } from 'zod';
import { removeFiles } from '@/lib/domain/attachments/attachment';
import { defineJob } from '@/lib/platform/jobs/kind';
import { idSchema } from '@/lib/platform/validation/schema';

/** Removes the files of deleted attachments. A file that is already gone is skipped. */
export const removeFilesJob = defineJob({
  name: 'attachments.remove',
  payload: z.object({ attachmentIds: z.array(idSchema) }),
  concurrency: 4,
  // A store may be unreachable for hours. With up to an hour between tries, these are two days; then the clean-up finds the
  // files.
  tries: 60,
  run: ({ payload }) => removeFiles(payload.attachmentIds),
});
