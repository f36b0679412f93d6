import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { freePort } from './config/embedded-postgres/address.js';
import { addressOf, holdPlace } from './listening.js';

describe('The place where the application listens', () => {
  it.each([
    ['127.0.0.1', 'http://127.0.0.1:3000'],
    ['localhost', 'http://localhost:3000'],
    ['::1', 'http://[::1]:3000'],
  ])('is printed as an address that can be opened: %s', (host, address) => {
    expect(addressOf({ host, port: 3000 })).toBe(address);
  });
  it('is kept from the start on, until the application listens there', async () => {
    const place = { host: '127.0.0.1', port: await freePort() };
    const taken = `Something listens on ${addressOf(place)} already, perhaps this application; end it, or name another PORT.`;
    const held = await holdPlace(place);
    await expect(holdPlace(place)).rejects.toThrow(taken);

    const server = createServer();
    await held.handTo(() => once(server.listen(place.port, place.host), 'listening'));
    expect(server.listening).toBe(true);
    await expect(holdPlace(place)).rejects.toThrow(taken);
    server.close();
    await once(server, 'close');
  });

  it('is refused in one sentence where it is none of this machine', async () => {
    // One of the addresses that are reserved for documentation.
    await expect(holdPlace({ host: '192.0.2.1', port: 3000 })).rejects.toThrow(
      'Nothing can listen on http://192.0.2.1:3000 (EADDRNOTAVAIL); correct PORT or KIM_HOST.',
    );
  });
});
