// A worker that behaves as its request says, for tests of the worker pool.

let lingering = false;

export async function work({ say, fail, spin, take, hoard, linger, work }) {
  if (fail) throw new Error(fail);
  // Ends by itself after a while, in case its parent is gone.
  if (spin) for (const end = performance.now() + 90_000; performance.now() < end; );
  // At most 2 GiB, whoever should have ended it.
  if (hoard) for (const hoarded = []; hoarded.length < 128; ) hoarded.push(Buffer.alloc(16 * 1024 * 1024, 1));
  if (linger) lingering = true;
  if (lingering) await new Promise(() => {});
  while (work) {
    for (const end = performance.now() + 20; performance.now() < end; );
    await new Promise(setImmediate);
  }
  if (take) {
    const taken = [];
    for (;;) {
      taken.push(Buffer.alloc(16 * 1024 * 1024, 1));
      await new Promise(setImmediate);
    }
  }
  return { said: say, pid: process.pid, variables: Object.keys(process.env) };
}
