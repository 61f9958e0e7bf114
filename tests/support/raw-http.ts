import { connect } from 'node:net';

/** Sends raw bytes to a local port. @returns everything received until the other side closes, as Latin-1 */
export const exchange = (port: number, request: string | Buffer) => converse(port, request, false);

/** The same for connections that stay open: returns the first data received. */
export const firstAnswer = (port: number, request: string | Buffer) => converse(port, request, true);

function converse(port: number, request: string | Buffer, isFirstEnough: boolean): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    let answer = '';
    socket.setEncoding('latin1');
    socket.on('data', (chunk) => {
      answer += chunk;
      if (isFirstEnough) socket.destroy();
    });
    // A server that rejects what it cannot parse may reset the connection.
    socket.on('error', () => {});
    socket.on('close', () => resolve(answer));
  });
}
