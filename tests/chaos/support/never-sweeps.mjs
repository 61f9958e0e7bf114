// Preloaded into a server: disables the check for stopped readers. The real server has no switch for this.
const every = globalThis.setInterval;

globalThis.setInterval = (work, ...rest) => every(String(work).includes('dropStoppedReaders') ? () => {} : work, ...rest);
