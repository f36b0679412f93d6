import { Inject, Injectable } from '@nestjs/common';
import type { ReferralMode, ReferralStatus } from '../journeys/index.js';
import { READ_MODELS, views } from '../read-models/index.js';
import type { ReadModels } from '../read-models/index.js';
import { named, SEEN_CLIENT } from './seen-client.js';
import type { SeenClient, Viewer } from './seen-client.js';
import { why } from './why.js';
import type { WhyLanguage } from './why.js';

export const referralQueues = ['inbox', 'outgoing', 'overdue'] as const;
export type ReferralQueueName = (typeof referralQueues)[number];

export interface ReferralPlace {
  readonly dueOn: string;
  readonly referralId: string;
}

export interface ReferralQuestion {
  readonly queue: ReferralQueueName;
  readonly viewer: Viewer;
  readonly after: ReferralPlace | undefined;
  readonly limit: number;
  readonly language: WhyLanguage;
  /** `YYYY-MM-DD` in Europe/Berlin. */
  readonly today: string;
  readonly minPosition: string | undefined;
}

interface StoredReferral {
  readonly referral_id: string;
  readonly journey_id: string;
  readonly from_organisation_id: string;
  readonly to_organisation_id: string;
  readonly need_id: string;
  readonly consent_id: string | null;
  readonly mode: ReferralMode;
  readonly status: ReferralStatus;
  readonly made_at: Date;
  readonly due_on: string;
}

/** `inbox`: live ones to be answered here; `outgoing`: made here; `overdue`: either, without a known outcome. */
const conditions: Readonly<Record<ReferralQueueName, string>> = {
  inbox: `mode = 'live' AND to_organisation_id = $1`,
  outgoing: 'listed_by = $1',
  overdue: `(listed_by = $1 OR (mode = 'live' AND to_organisation_id = $1)) AND due_on < $2`,
};

@Injectable()
export class ReferralQueue {
  constructor(
    @Inject(READ_MODELS) private readonly readModels: ReadModels,
    @Inject(SEEN_CLIENT) private readonly seenClient: SeenClient,
  ) {}

  async page({ queue, viewer, after, limit, language, today, minPosition }: ReferralQuestion) {
    await this.readModels.ready('referrals', minPosition);
    const { rows } = await this.readModels.pool.query<StoredReferral>(
      `SELECT referral_id, journey_id, from_organisation_id, to_organisation_id, need_id, consent_id, mode,
              status, made_at, due_on::text
         FROM ${views}.referrals r
        WHERE status IN ('made', 'accepted', 'started') AND $2::date IS NOT NULL AND ${conditions[queue]}
          AND ($3::date IS NULL OR (due_on, referral_id) > ($3, $4::uuid))
        ORDER BY r.due_on, r.referral_id
        LIMIT $5`,
      [viewer.organisationId, today, after?.dueOn ?? null, after?.referralId ?? null, limit + 1],
    );
    const page = rows.slice(0, limit);
    // What the record says now decides what is shown, also of a journey that has just changed hands.
    const clients = await Promise.all(page.map((row) => this.seenClient(row.journey_id, viewer)));
    const last = page.at(-1);
    return {
      items: page.flatMap((row, index) => {
        const client = clients[index];
        if (!client) return [];
        return [
          {
            referralId: row.referral_id,
            journeyId: row.journey_id,
            client: named(client),
            fromOrganisationId: row.from_organisation_id,
            organisationId: row.to_organisation_id,
            needId: row.need_id,
            ...(row.consent_id !== null && { consentId: row.consent_id }),
            mode: row.mode,
            status: row.status,
            madeAt: row.made_at.toISOString(),
            dueOn: row.due_on,
            why: why('referral-outcome', row.due_on, today, language),
          },
        ];
      }),
      next: rows.length > limit && last ? { dueOn: last.due_on, referralId: last.referral_id } : undefined,
    };
  }
}
