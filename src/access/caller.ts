export const roles = [
  'case_manager',
  'supervisor',
  'coordinator',
  'analyst',
  'data_protection_officer',
  'administrator',
] as const;
export type Role = (typeof roles)[number];

/** Who asks: the claims of a verified token. A person acts for one organisation per token. */
export interface Caller {
  readonly userId: string;
  readonly name: string;
  readonly organisationId: string;
  readonly roles: readonly Role[];
}

export const hasRole = ({ roles }: Caller, ...wanted: readonly Role[]): boolean =>
  wanted.some((role) => roles.includes(role));

/** Reads a token's claims; undefined unless each is what it must be. */
export const callerOf = (claims: Readonly<Record<string, unknown>>): Caller | undefined => {
  const { sub, name, organisation, roles: claimed } = claims;
  if (typeof sub !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(sub)) return undefined;
  if (typeof name !== 'string' || !/^[^\p{Cc}\p{Cs}]{1,200}$/u.test(name)) return undefined;
  if (typeof organisation !== 'string' || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(organisation)) return undefined;
  if (!Array.isArray(claimed) || claimed.length === 0 || !claimed.every(isRole)) return undefined;
  return { userId: sub, name, organisationId: organisation, roles: [...new Set(claimed)] };
};

const isRole = (value: unknown): value is Role => (roles as readonly unknown[]).includes(value);
