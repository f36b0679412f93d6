import { describe, expect, it, jest } from '@jest/globals';
import { readAddress } from './address.js';
import { UnsuitableStore } from './unsuitable-store.js';

describe('the address of an EventStoreDB', () => {
  it('names hosts and ports, and never the password', () => {
    const { where } = readAddress('esdb://kim:s3cret@one:2113,two:2114?tlsCAFile=/etc/ca.crt');
    expect(where).toBe('one:2113, two:2114');
  });

  it('takes user and password as they are written in an address', () => {
    const { credentials } = readAddress('esdb://kim:p%40ss%3Aword@one:2113');
    expect(credentials).toEqual({ username: 'kim', password: 'p@ss:word' });
  });

  it('gives every generation of the client settings that no other has', () => {
    const address = readAddress('esdb://one:2113/?tls=false&keepAliveTimeout=5000&connectionName=kim');
    expect([0, 1, 2].map((generation) => address.connectionString(generation))).toEqual([
      'esdb://one:2113?tls=false&connectionName=kim&keepAliveTimeout=5000',
      'esdb://one:2113?tls=false&connectionName=kim&keepAliveTimeout=5001',
      'esdb://one:2113?tls=false&connectionName=kim&keepAliveTimeout=5002',
    ]);
  });

  it('keeps a timeout that was switched off practically so', () => {
    const address = readAddress('esdb://one:2113?tls=false&keepAliveTimeout=-1');
    expect(address.connectionString(1)).toBe('esdb://one:2113?tls=false&keepAliveTimeout=2000000001');
  });

  it.each([
    ['esdb://kim:secret@one:2113,two:2114?tlsCAFile=/ca.crt', 'esdb://kim:secret@one:2113?tlsCAFile=/ca.crt'],
    ['esdb+discover://kim:secret@cluster.example:2113', 'esdb://kim:secret@cluster.example:2113'],
    ['esdb://one:2113,two:2113/?tls=false', 'esdb://one:2113?tls=false'],
    ['esdb://one:2113?tls=false', undefined],
  ])('has one node of a cluster to ask for the reason of a failure: %s', (connectionString, seed) => {
    expect(readAddress(connectionString).seed).toBe(seed);
  });

  it.each([
    ['', /starts with|expected esdb/],
    ['postgres://kim:secret@one/kim', /expected esdb:\/\/ or esdb\+discover:\/\//],
    ['esdb://one:port?tls=false', /expected port number/],
    ['esdb://kim:secret@one:2113?tls=yes', /expected true or false/],
    ['esdb://one:2113', /names no user/],
    ['esdb://one:2113?tls=true', /names no user/],
    ['esdb://kim:secret@one:2113?tlsCaFil=/ca.crt', /a setting that there is not; there are .*tlsCAFile/],
    [
      'esdb://kim:secret@one:2113?tlsVerifyCert=false',
      /name the authority of the certificate with tlsCAFile/,
    ],
  ])('refuses "%s" in a sentence that says what to do', (connectionString, sentence) => {
    expect(() => readAddress(connectionString)).toThrow(UnsuitableStore);
    expect(() => readAddress(connectionString)).toThrow(sentence);
  });

  it('leaves out what means nothing on a server without security', () => {
    const address = readAddress('esdb://one:2113?tlsVerifyCert=false&tls=false');
    expect(address.connectionString(0)).toBe('esdb://one:2113?tls=false&keepAliveTimeout=10000');
  });

  it('repeats nothing of a connection string that it cannot read', () => {
    const printed = jest.spyOn(console, 'warn');
    const misspelt = ['esdb://kim:secret@one?secret=1', 'esdb://kim:secret@one?tlsverifycert=false'];
    for (const wrong of [
      ...misspelt,
      'esdb://kim:secret@',
      'esdbx://kim:secret@one',
      'esdb://kim:secret@one?secret',
    ])
      expect(() => readAddress(wrong)).not.toThrow(/secret/);
    expect(printed).not.toHaveBeenCalled();
  });
});
