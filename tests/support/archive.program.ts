import { archiveMonth, type Step } from '@/lib/domain/archives/archive';
import { asUpkeep } from '@/tests/support/upkeep';
import { january } from '@/tests/support/year';

// Archives January, and kills itself at the given step, or is killed by its parent.
const last = process.argv[2] as Step | undefined;

await asUpkeep((lease) =>
  archiveMonth(lease, january, (step) => {
    if (step === last) process.kill(process.pid, 'SIGKILL');
  }),
);
process.exit(0);
