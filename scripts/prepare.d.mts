/** Whether `folder` has installed what its lock file names, by whatever command. */
export function isInstalled(folder: string): boolean;

/** Whether `dist` is what the present sources compile to. */
export function isBuilt(root: string): boolean;

/** Installs and builds what is missing or stale. */
export function prepare(root?: string): Promise<void>;
