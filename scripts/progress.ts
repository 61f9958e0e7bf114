/**
 * Shows progress during work: one line that counts the seconds on a terminal, elsewhere a line at the start and one at the end.
 * @param what the work, such as "Building the pages"
 */
export async function withProgress<Result>(what: string, note: string, work: () => Promise<Result>): Promise<Result> {
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1_000);
  const onTerminal = process.stdout.isTTY;
  const show = () => process.stdout.write(`\r${what} ... ${seconds()} s ${note}`);
  if (onTerminal) show();
  else process.stdout.write(`${what} ... ${note}\n`);
  const timer = onTerminal ? setInterval(show, 1_000) : undefined;
  try {
    const result = await work();
    process.stdout.write(`${onTerminal ? '\r\u001b[K' : ''}${what}: done in ${seconds()} s\n`);
    return result;
  } catch (error) {
    if (onTerminal) process.stdout.write('\n');
    throw error;
  } finally {
    clearInterval(timer);
  }
}
