import { archiveMonth, type Step } from '@/lib/domain/archives/archive';
import { asUpkeep } from '@/tests/support/upkeep';
import { january } from '@/tests/support/year';

// A process that archives January and is killed as soon as it has got that far; or by whoever started it.
const last = process.argv[2] as Step | undefined;

await asUpkeep((lease) =>
  archiveMonth(lease, january, (step) => {
    if (step === last) process.kill(process.pid, 'SIGKILL');
  }),
);
process.exit(0);
