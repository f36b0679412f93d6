export interface HeldFolder {
  /** Keeps the lock held as long as that process lives too, even if this one is killed before it can say so. */
  shareWith: (pid: number) => void;
  release: () => void;
}

/** Waits until `folder` is held by this process alone; `onWait` is told the pid of who holds it. */
export function holdFolder(folder: string, onWait?: (pid: number) => void): Promise<HeldFolder>;

/** `<pid>.<start>`: a pid alone may be given to another process later. */
export function processName(pid: number): string;

/** Whether the process of that name still runs. */
export function isRunning(name: string): boolean;
