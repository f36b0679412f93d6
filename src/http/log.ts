/** One line of the log. What it says must be fit for anybody to read: no personal data, no address. */
export type LogEntry = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

export type Log = (level: 'info' | 'warn' | 'error', event: string, entry?: LogEntry) => void;

/** The injection token of the application's log. */
export const LOG = Symbol('LOG');

/** A log of JSON lines. Lines of one turn of the event loop are written together. */
export const jsonLines = (write: (lines: string) => void, now: () => Date = () => new Date()): Log => {
  let lines = '';
  const flush = (): void => {
    write(lines);
    lines = '';
  };
  return (level, event, entry) => {
    if (lines === '') setImmediate(flush);
    lines += `${JSON.stringify({ time: now().toISOString(), level, event, ...entry })}\n`;
  };
};

/**
 * What may be said of an error: its kind, its code, what an operator can do about it, and where it happened. Its
 * message is left out, because libraries put values into it.
 */
export const described = (error: unknown): LogEntry => {
  if (!(error instanceof Error)) return { error: typeof error };
  const { code, remedy } = error as { code?: unknown; remedy?: unknown };
  return {
    error: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof remedy === 'string' ? { remedy } : {}),
    at: (error.stack ?? '')
      .split('\n')
      .filter((line) => /^ {4}at /.test(line))
      .map((line) => line.trim()),
  };
};
