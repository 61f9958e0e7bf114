// Loaded into a server before its own code: it never compares with the database what it told its sockets. The server that people
// run cannot be switched to that.
const every = globalThis.setInterval;

globalThis.setInterval = (work, ...rest) => every(String(work).includes('with the database') ? () => {} : work, ...rest);
