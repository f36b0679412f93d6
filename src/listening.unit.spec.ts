import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { freePort } from './config/embedded-postgres/address.js';
import { addressOf, listening, tryPlace } from './listening.js';

describe('The place where the application listens', () => {
  it.each([
    ['127.0.0.1', 'http://127.0.0.1:3000'],
    ['localhost', 'http://localhost:3000'],
    ['::1', 'http://[::1]:3000'],
  ])('is printed as an address that can be opened: %s', (host, address) => {
    expect(addressOf({ host, port: 3000 })).toBe(address);
  });

  it('is looked at before, and is free afterwards', async () => {
    const place = { host: '127.0.0.1', port: await freePort() };
    await tryPlace(place);

    const server = createServer();
    await listening(place, () => once(server.listen(place.port, place.host), 'listening'));
    const taken = `Something listens on ${addressOf(place)} already, perhaps this application; end it, or name another PORT.`;
    await expect(tryPlace(place)).rejects.toThrow(taken);
    const other = createServer();
    await expect(
      listening(place, () => once(other.listen(place.port, place.host), 'listening')),
    ).rejects.toThrow(taken);
    server.close();
    await once(server, 'close');
  });

  it('is refused in one sentence where it is none of this machine', async () => {
    // One of the addresses that are reserved for documentation.
    await expect(tryPlace({ host: '192.0.2.1', port: 3000 })).rejects.toThrow(
      'Nothing can listen on http://192.0.2.1:3000 (EADDRNOTAVAIL); correct PORT or KIM_HOST.',
    );
  });
});
