import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** A server that is started by a command, in the foreground and as its own process. */
export interface CommandedServer {
  start(): void;
  signal(name: NodeJS.Signals): void;
  /** Kills it with SIGKILL and waits until it is gone. */
  kill(): Promise<void>;
}

export const serverOf = (command: string): CommandedServer => {
  let child: ChildProcess | undefined;
  return {
    start: () => {
      child = spawn('/bin/sh', ['-c', `exec ${command}`], { stdio: 'ignore' });
    },
    signal: (name) => {
      child?.kill(name);
    },
    kill: async () => {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
};
