import { followChanges } from '@/lib/domain/search/follow';
import { transaction } from '@/lib/platform/db/sql';

// An indexer that a test kills at any step. It prints a line for each committed transaction, and ends when nothing is pending.
while (await followChanges(transaction)) process.stdout.write('committed\n');
process.exit(0);
