import { connect } from 'node:net';

/** Sends bytes as they are to a port of this machine. @returns all that came back until the other side closed, as Latin-1 */
export const exchange = (port: number, request: string | Buffer) => converse(port, request, false);

/** The same, of an answer after which a connection stays open: what came first. */
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
    // Whoever refuses what it cannot read may cut the connection.
    socket.on('error', () => {});
    socket.on('close', () => resolve(answer));
  });
}
