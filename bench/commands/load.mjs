// The clients of the measurement, in a process of their own: each message asks for one round of load.
import { openConnection } from '../connection.mjs';
import { underLoad } from '../measuring.mjs';
import { need } from './journeys.mjs';

process.once('message', async ({ address, token, journeys, room, concurrency }) => {
  const connections = await Promise.all(
    Array.from({ length: concurrency }, () => openConnection(address, token)),
  );
  const idle = [...connections];
  let sent = 0;
  let written = 0;
  const act = async () => {
    const connection = idle.pop();
    const { status } = await connection.post(
      `${journeys[sent++ % journeys.length]}/needs`,
      `k${sent}`,
      need(sent),
    );
    if (status !== 201) throw new Error(`A need was answered with ${status}`);
    written++;
    idle.push(connection);
  };
  process.on('message', async (milliseconds) => {
    const figures = await underLoad(act, { concurrency, milliseconds });
    if (written > room * journeys.length)
      throw new Error('The journeys have become longer than they should be');
    process.send({ ...figures, written });
  });
  process.on('disconnect', () => process.exit());
  process.send('ready');
});
