import { Inject, Injectable } from '@nestjs/common';
import type { Due } from '../journeys/index.js';
import { READ_MODELS, views } from '../read-models/index.js';
import type { ReadModels } from '../read-models/index.js';
import { CLIENT_NAMES } from './client-names.js';
import type { ClientName, ClientNames } from './client-names.js';
import { named, SEEN_CLIENT } from './seen-client.js';
import type { SeenClient, Viewer } from './seen-client.js';
import { why } from './why.js';
import type { WhyLanguage } from './why.js';

export interface TaskItem {
  readonly journeyId: string;
  readonly client: { readonly clientId?: string } & Partial<ClientName>;
  readonly owner: { readonly organisationId: string; readonly userId: string };
  readonly what: Due['what'];
  /** Id of the goal, measure, referral, need or consent that it is about; of the journey otherwise. */
  readonly of: string;
  readonly dueOn: string;
  readonly overdue: boolean;
  readonly why: string;
}

/** Where a page of tasks ended. */
export interface TaskPlace {
  readonly dueOn: string;
  readonly journeyId: string;
  readonly what: string;
  readonly of: string;
}

export interface TaskQuestion {
  readonly viewer: Viewer;
  readonly userId?: string;
  /** Only what is due on that day or before. */
  readonly dueUntil?: string;
  readonly after: TaskPlace | undefined;
  readonly limit: number;
  readonly language: WhyLanguage;
  /** `YYYY-MM-DD` in Europe/Berlin. */
  readonly today: string;
  readonly minPosition: string | undefined;
}

interface StoredTask {
  readonly journey_id: string;
  readonly client_id: string;
  readonly organisation_id: string;
  readonly user_id: string;
  /** Whether the client is only seen as far as a package or a handover lets. */
  readonly restricted: boolean;
  readonly what: Due['what'];
  readonly due_on: string;
  readonly subject: string;
}

/** Everything that is due at an organisation, soonest first: on its journeys, and where others wait for it. */
@Injectable()
export class TaskQueries {
  constructor(
    @Inject(READ_MODELS) private readonly readModels: ReadModels,
    @Inject(CLIENT_NAMES) private readonly names: ClientNames,
    @Inject(SEEN_CLIENT) private readonly seenClient: SeenClient,
  ) {}

  async page(question: TaskQuestion): Promise<{
    readonly items: readonly TaskItem[];
    readonly next: TaskPlace | undefined;
  }> {
    const { viewer, after, limit, today, language, minPosition } = question;
    await this.readModels.ready('worklist', minPosition);
    const { rows } = await this.readModels.pool.query<StoredTask>(
      `SELECT t.journey_id, w.client_id, w.organisation_id, w.user_id, t.what, t.due_on::text, t.subject,
              w.handed_over = 1 OR w.organisation_id <> t.organisation_id AS restricted
         FROM ${views}.worklist_tasks t JOIN ${views}.worklist w USING (journey_id)
        WHERE t.organisation_id = $1
          AND ($2::text IS NULL OR t.user_id = $2)
          AND ($3::date IS NULL OR t.due_on <= $3)
          AND ($4::date IS NULL OR (t.due_on, t.journey_id, t.what, t.subject) > ($4, $5::uuid, $6::text, $7::text))
        ORDER BY t.due_on, t.journey_id, t.what, t.subject
        LIMIT $8`,
      [
        viewer.organisationId,
        question.userId ?? null,
        question.dueUntil ?? null,
        after?.dueOn ?? null,
        after?.journeyId ?? null,
        after?.what ?? null,
        after?.of ?? null,
        limit + 1,
      ],
    );
    const page = rows.slice(0, limit);
    const own = page.filter(({ restricted }) => !restricted);
    const names = await this.names([...new Set(own.map((row) => row.client_id))], minPosition);
    const seen = await Promise.all(
      page.map(async (row) => (row.restricted ? this.seenClient(row.journey_id, viewer) : undefined)),
    );
    const last = page.at(-1);
    return {
      items: page.flatMap((row, index) => {
        const client = row.restricted
          ? seen[index] && named(seen[index])
          : { clientId: row.client_id, ...names.get(row.client_id) };
        // What the record does not show this office any more is no task of its own: a consent may have ended at midnight.
        if (!client) return [];
        return {
          journeyId: row.journey_id,
          client,
          owner: { organisationId: row.organisation_id, userId: row.user_id },
          what: row.what,
          of: row.subject,
          dueOn: row.due_on,
          overdue: row.due_on < today,
          why: why(row.what, row.due_on, today, language),
        };
      }),
      next:
        rows.length > limit && last
          ? { dueOn: last.due_on, journeyId: last.journey_id, what: last.what, of: last.subject }
          : undefined,
    };
  }
}
