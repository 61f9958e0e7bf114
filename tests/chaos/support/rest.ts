import { waitUntil } from '@/lib/platform/process/alive';
import { type Row, violations } from '@/tests/chaos/support/checker';
import type { Device } from '@/tests/chaos/support/device';
import type { History } from '@/tests/chaos/support/history';
import type { Tables } from '@/tests/chaos/support/table';

const patienceMs = 30_000;

/**
 * Waits until every device shows all stored messages, then runs the checker.
 * @returns the violated guarantees
 */
export async function judge(
  tables: Tables,
  history: History,
  conversation: string,
  devices: Device[],
  patience = patienceMs,
): Promise<string[]> {
  let lastRev = 0;
  let table: Row[] = [];
  const behind = () => devices.filter((device) => device.timeline(conversation).rev < lastRev);
  // A message whose sender gave up may still be stored. All is quiet when no message was added during a read.
  await waitUntil(async () => {
    ({ lastRev } = await tables.head(conversation));
    table = await tables.messages(conversation);
    const ahead = devices.some((device) => device.timeline(conversation).rev > lastRev);
    return !ahead && behind().length === 0 && (await tables.head(conversation)).lastRev === lastRev;
  }, patience);
  const late = behind().map(
    (device) =>
      `${device.person.name} (${device.socket.connected ? 'on' : 'off'}line) knows ${device.timeline(conversation).rev} of ${lastRev}`,
  );
  return [
    ...late,
    ...violations({
      history: history.of(conversation),
      table,
      lists: devices.map((device) => ({ client: device.person.name, messages: device.timeline(conversation).list() })),
    }),
  ];
}

/** Waits until the total of acknowledged messages reaches `count`. */
export async function acked(history: History, count: number): Promise<void> {
  const enough = await waitUntil(() => history.acked >= count, patienceMs * 2);
  if (!enough) throw new Error(`Only ${history.acked} of ${count} messages were acknowledged.`);
}
