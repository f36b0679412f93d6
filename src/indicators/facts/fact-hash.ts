import { createHmac, type KeyObject } from 'node:crypto';

/** What stands for an id in the fact tables: HMAC-SHA256 (RFC 2104), its first 128 bits in hexadecimal digits. */
export const factHash =
  (secret: KeyObject): ((id: string) => string) =>
  (id) =>
    createHmac('sha256', secret).update(id).digest('hex').slice(0, 32);
