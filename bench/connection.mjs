// HTTP/1.1 over one kept connection, one request at a time, with as little work as can be: whatever this costs
// is taken from the two cores that the application and its database are measured on.
import { connect } from 'node:net';

const headEnd = '\r\n\r\n';

export const openConnection = async (address, token) => {
  const { hostname, port, host } = new URL(address);
  const socket = connect(Number(port), hostname);
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  socket.setNoDelay(true);
  const common = ` HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${token}\r\n`;
  let waiting;
  let received = [];
  let size = 0;
  let expected = Infinity;

  socket.on('data', (chunk) => {
    received.push(chunk);
    size += chunk.length;
    if (expected === Infinity) expected = sizeOf(received.length === 1 ? chunk : Buffer.concat(received));
    if (size < expected) return;
    const answer = received.length === 1 ? chunk : Buffer.concat(received);
    received = [];
    size = 0;
    expected = Infinity;
    waiting.resolve(answer);
  });
  const fail = () => waiting?.reject(new Error('The application closed the connection'));
  socket.on('error', fail).on('close', fail);

  const ask = (request) =>
    new Promise((resolve, reject) => {
      waiting = { resolve, reject };
      socket.write(request);
    });
  return {
    /** The status of the answer, which includes what was written up to the position. */
    get: async (path, position) =>
      statusOf(
        await ask(
          `GET ${path}${common}${position === undefined ? '' : `kim-min-position: ${position}\r\n`}\r\n`,
        ),
      ),
    /** The status of the answer and, on demand, its body and its position. */
    post: async (path, key, body) => {
      const answer = await ask(
        `POST ${path}${common}idempotency-key: ${key}\r\ncontent-type: application/json\r\n` +
          `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      );
      return {
        status: statusOf(answer),
        body: () => JSON.parse(answer.subarray(answer.indexOf(headEnd) + 4)),
        position: () => /kim-position: (\S+)/i.exec(answer.latin1Slice(0, answer.indexOf(headEnd)))?.[1],
      };
    },
    close: () => socket.destroy(),
  };
};

const statusOf = (answer) => Number(answer.latin1Slice(9, 12));

const sizeOf = (begun) => {
  const head = begun.indexOf(headEnd);
  if (head === -1) return Infinity;
  const length = /content-length: (\d+)/i.exec(begun.latin1Slice(0, head))?.[1];
  if (length === undefined) throw new Error('An answer does not say how long it is');
  return head + headEnd.length + Number(length);
};
