// Loaded into a server before its own code: the sweep for readers that stopped does nothing. The server that people run cannot be
// switched to that.
const every = globalThis.setInterval;

globalThis.setInterval = (work, ...rest) => every(String(work).includes('dropStoppedReaders') ? () => {} : work, ...rest);
