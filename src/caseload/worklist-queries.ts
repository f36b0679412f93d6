import { Inject, Injectable } from '@nestjs/common';
import { READ_MODELS } from '../read-models/index.js';
import type { ReadModels } from '../read-models/index.js';
import { CLIENT_NAMES, CLIENT_SEARCH } from './client-names.js';
import type { ClientName, ClientNames, ClientSearch } from './client-names.js';
import { nothingWaits, why } from './why.js';
import type { WhyLanguage } from './why.js';
import { worklistRow, worklistStatement } from './worklist-query.js';
import type { Sort, StoredRow, WorklistFilter, WorklistPlace, WorklistRow } from './worklist-query.js';

export interface WorklistItem {
  readonly journeyId: string;
  readonly client: { readonly clientId: string } & Partial<ClientName>;
  readonly phase: string;
  readonly municipality: string;
  readonly owner: { readonly organisationId: string; readonly userId: string };
  readonly openedOn: string;
  readonly lastContactOn?: string;
  readonly why: string;
  readonly dueOn?: string;
  readonly revision: number;
}

export interface WorklistQuestion {
  readonly filter: WorklistFilter;
  readonly sort: Sort;
  readonly after: WorklistPlace | undefined;
  readonly limit: number;
  readonly language: WhyLanguage;
  /** `YYYY-MM-DD` in Europe/Berlin. */
  readonly today: string;
  readonly minPosition: string | undefined;
}

/** As many names as a search looks at; who types more letters finds those beyond. */
const mostFound = 500;

@Injectable()
export class WorklistQueries {
  constructor(
    @Inject(READ_MODELS) private readonly readModels: ReadModels,
    @Inject(CLIENT_NAMES) private readonly names: ClientNames,
    @Inject(CLIENT_SEARCH) private readonly clients: ClientSearch,
  ) {}

  async page({ filter, sort, after, limit, language, today, minPosition }: WorklistQuestion): Promise<{
    readonly items: readonly WorklistItem[];
    readonly next: WorklistPlace | undefined;
  }> {
    await this.readModels.ready('worklist', minPosition);
    const { text, values } = worklistStatement(filter, sort, after, limit);
    const { rows } = await this.readModels.pool.query<StoredRow>(text, [...values]);
    const page = rows.slice(0, limit).map(worklistRow);
    const names = await this.names([...new Set(page.map(({ clientId }) => clientId))], minPosition);
    return {
      items: page.map((row) => itemOf(row, names.get(row.clientId), today, language)),
      next: rows.length > limit ? page.at(-1)?.place : undefined,
    };
  }

  /** The same list, of the clients whose name fits. */
  async search(q: string, question: WorklistQuestion) {
    await this.clients.ready(question.minPosition);
    const found = await this.clients.find(q, {
      organisationId: question.filter.organisationId,
      limit: mostFound,
    });
    const clientIds = found.map(({ clientId }) => clientId);
    return this.page({ ...question, filter: { ...question.filter, clientIds } });
  }
}

const itemOf = (
  row: WorklistRow,
  name: ClientName | undefined,
  today: string,
  language: WhyLanguage,
): WorklistItem => ({
  journeyId: row.journeyId,
  client: { clientId: row.clientId, ...name },
  phase: row.phase,
  municipality: row.municipality,
  owner: { organisationId: row.organisationId, userId: row.userId },
  openedOn: row.openedOn,
  ...(row.lastContactOn !== undefined && { lastContactOn: row.lastContactOn }),
  why:
    row.dueWhat !== undefined && row.dueOn !== undefined
      ? why(row.dueWhat, row.dueOn, today, language)
      : nothingWaits[language],
  ...(row.dueOn !== undefined && { dueOn: row.dueOn }),
  revision: row.revision,
});
