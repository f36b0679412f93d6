import { hash } from 'node:crypto';

/**
 * A UUID made from a name (RFC 9562, section 5.5): the same for the same name and namespace. Hashed in one call,
 * since on the way of every command this is four times as fast as the package `uuid`.
 * @param namespace a UUID
 */
export const uuidV5 = (name: string, namespace: string): string => {
  const named = Buffer.allocUnsafe(16 + Buffer.byteLength(name));
  named.write(namespace.replaceAll('-', ''), 'hex');
  named.write(name, 16);
  const hex = hash('sha1', named, 'hex');
  const variant = '89ab'[Number.parseInt(hex[16]!, 16) & 3]!;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
