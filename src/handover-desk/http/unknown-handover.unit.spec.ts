import { createSecretKey, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Problem } from '../../http/index.js';
import type { ReadModels } from '../../read-models/index.js';
import { NotVisible } from '../../record/index.js';
import { HandoverDesk } from '../desk.js';
import { HandoverDeskController } from './handover-desk.controller.js';

const viewer = { userId: 'mbe-cm', name: 'Beratung', organisationId: 'mbe-kreis-unna', roles: [] };

/** The desk while its view holds everything, or is behind; with a handover that is none of the viewer's business. */
const statusOf = async (
  handoverId: string,
  { isAtHead }: { readonly isAtHead: boolean },
): Promise<number> => {
  const readModels = {
    ready: () => Promise.resolve(),
    atHead: () => Promise.resolve(isAtHead),
    pool: {
      query: (_: string, [asked]: readonly string[]) =>
        Promise.resolve({ rows: asked === 'of others' ? [{ journey_id: 'journey' }] : [] }),
    },
  } as unknown as ReadModels;
  const controller = new HandoverDeskController(
    new HandoverDesk(readModels, () => Promise.resolve(undefined)),
    () => Promise.reject(new NotVisible()),
    { now: () => new Date() },
    createSecretKey(randomBytes(32)),
  );
  return controller.readHandover(handoverId, viewer, 'handover', undefined).then(
    () => 200,
    (error: unknown) => (error instanceof NotVisible ? 404 : (error as Problem).status),
  );
};

describe('A handover that is none of one’s business', () => {
  it.each([
    ['while the view holds everything', { isAtHead: true }, 404],
    ['while the view is behind', { isAtHead: false }, 503],
  ])('is answered for like one that nobody knows of, %s', async (_, view, status) => {
    expect([await statusOf('of others', view), await statusOf('of nobody', view)]).toEqual([status, status]);
  });
});
