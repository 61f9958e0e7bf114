import { z } from 'zod';
import { removeFiles } from '@/lib/domain/attachments/attachment';
import { defineJob } from '@/lib/platform/jobs/kind';
import { idSchema } from '@/lib/platform/validation/schema';

/** Removes the files of attachments whose rows are gone. A file that is gone already is none to remove. */
export const removeFilesJob = defineJob({
  name: 'attachments.remove',
  payload: z.object({ attachmentIds: z.array(idSchema) }),
  concurrency: 4,
  // A store may be away for hours: with an hour between them, these are two days. Then the upkeep finds the files.
  tries: 60,
  run: ({ payload }) => removeFiles(payload.attachmentIds),
});
