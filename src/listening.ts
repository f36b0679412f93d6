/** Where the application listens. */
export interface Place {
  /** An IPv6 address without brackets. */
  readonly host: string;
  readonly port: number;
}

export const addressOf = ({ host, port }: Place): string =>
  `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
