import { describe, expect, it } from '@jest/globals';
import { addressOf } from './listening.js';

describe('The place where the application listens', () => {
  it.each([
    ['127.0.0.1', 'http://127.0.0.1:3000'],
    ['localhost', 'http://localhost:3000'],
    ['::1', 'http://[::1]:3000'],
  ])('is printed as an address that can be opened: %s', (host, address) => {
    expect(addressOf({ host, port: 3000 })).toBe(address);
  });
});
