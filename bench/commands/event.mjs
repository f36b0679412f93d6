// An event of the size and shape that a command's has.
import { randomBytes, randomUUID } from 'node:crypto';

export const data = { needId: randomUUID(), sealed: `1.${randomBytes(188).toString('base64url')}` };

export const metadata = {
  v: 1,
  subject: randomUUID(),
  actor: 'bergkamen-cm',
  organisation: 'kim-bergkamen',
  roles: ['case_manager'],
  correlationId: randomUUID(),
  causationId: randomUUID(),
  commandId: randomUUID(),
  fingerprint: randomBytes(32).toString('base64url'),
  recordedAt: '2026-01-31T10:11:12.123Z',
};
