import { dataFolder, holdDataFolder, workspaceSecret } from '@/boot/data-folder';
import { type Database, openDatabase } from '@/boot/database';
import { openFiles } from '@/boot/files';
import { jobKinds } from '@/boot/jobs';
import { upkeep } from '@/boot/upkeep';
import { preparePartitions } from '@/lib/domain/messages/upkeep';
import { followMessages } from '@/lib/domain/search/marks';
import { pool } from '@/lib/platform/db/pool';
import { closeReplica, openReplica } from '@/lib/platform/db/replica';
import { env, limitsOf, loadEnvFile, setAuthSecret } from '@/lib/platform/env/env';
import { JobRunner } from '@/lib/platform/jobs/runner';
import { setLimits } from '@/lib/platform/limits/schema';
import { scheduleUpkeep } from '@/lib/platform/upkeep/upkeep';

/** The parts that start before the first request, and close after the last one. */
export interface Parley {
  database: Database;
  /** Starts the jobs and the regular clean-up. */
  work: () => void;
  /** Stops both. Jobs that are not completed within this time return to the queue. */
  stopWork: (milliseconds: number) => Promise<void>;
  /** Closes the database and releases the data folder. */
  close: (milliseconds: number) => Promise<void>;
}

/**
 * Reads the environment, locks the data folder, opens and migrates the database.
 * @throws StartupError
 */
export async function boot(): Promise<Parley> {
  loadEnvFile();
  setLimits(limitsOf(env()));
  const release = await holdDataFolder();
  setAuthSecret(workspaceSecret());
  await openFiles();
  const database = await openDatabase(dataFolder());
  await openReplica();
  await preparePartitions();
  let stopUpkeep = () => {};
  let stopFollowing = async () => {};
  const jobs = new JobRunner(jobKinds);
  return {
    database,
    work: () => {
      stopUpkeep = scheduleUpkeep(upkeep);
      jobs.start();
      stopFollowing = followMessages();
    },
    stopWork: async (milliseconds) => {
      stopUpkeep();
      await Promise.all([stopFollowing(), jobs.stop(milliseconds)]);
    },
    close: async (milliseconds) => {
      await Promise.race([Promise.all([closeReplica(), pool().end()]), new Promise((resolve) => setTimeout(resolve, 1_000))]);
      await database.stop(milliseconds);
      release();
    },
  };
}
