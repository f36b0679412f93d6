import { Inject, Injectable } from '@nestjs/common';
import type { Phase } from '../journeys/index.js';
import { READ_MODELS } from '../read-models/index.js';
import type { ReadModels } from '../read-models/index.js';
import { CLIENT_NAMES, CLIENT_SEARCH } from './client-names.js';
import type { ClientName, ClientNames, ClientSearch } from './client-names.js';
import { named, SEEN_CLIENT } from './seen-client.js';
import type { SeenClient, Viewer } from './seen-client.js';
import { nothingWaits, why } from './why.js';
import type { WhyLanguage } from './why.js';
import { worklistRow, worklistStatement } from './worklist-query.js';
import type { Sort, StoredRow, WorklistFilter, WorklistPlace, WorklistRow } from './worklist-query.js';

export interface WorklistItem {
  readonly journeyId: string;
  readonly client: { readonly clientId: string } & Partial<ClientName>;
  readonly phase: Phase;
  readonly municipality: string;
  readonly owner: { readonly organisationId: string; readonly userId: string };
  readonly openedOn: string;
  readonly lastContactOn?: string;
  readonly why: string;
  readonly dueOn?: string;
  readonly revision: number;
}

export interface WorklistQuestion {
  readonly viewer: Viewer;
  readonly filter: WorklistFilter;
  readonly sort: Sort;
  readonly after: WorklistPlace | undefined;
  readonly limit: number;
  readonly language: WhyLanguage;
  /** `YYYY-MM-DD` in Europe/Berlin. */
  readonly today: string;
  readonly minPosition: string | undefined;
}

/** As many names as a search looks at, the closest first; who types more letters finds those beyond. */
const mostFound = 300;

@Injectable()
export class WorklistQueries {
  constructor(
    @Inject(READ_MODELS) private readonly readModels: ReadModels,
    @Inject(CLIENT_NAMES) private readonly names: ClientNames,
    @Inject(CLIENT_SEARCH) private readonly clients: ClientSearch,
    @Inject(SEEN_CLIENT) private readonly seenClient: SeenClient,
  ) {}

  /** Until the list has come as far as was asked. */
  ready(minPosition: string | undefined): Promise<void> {
    return this.readModels.ready('worklist', minPosition);
  }

  async page(question: WorklistQuestion): Promise<WorklistAnswer> {
    const { items, next } = await this.listed(question);
    return { items: items.map(({ item }) => item), next };
  }

  /** The same list, of the clients whose name fits. */
  async search(q: string, question: WorklistQuestion): Promise<WorklistAnswer> {
    const { minPosition } = question;
    await Promise.all([this.clients.ready(minPosition), this.ready(minPosition)]);
    const found = await this.clients.find(q, {
      organisationId: question.filter.organisationId,
      limit: mostFound,
    });
    const clientIds = found.map(({ clientId }) => clientId);
    return this.named({ ...question, filter: { ...question.filter, clientIds } });
  }

  /**
   * A page of those whose name the reader sees: who did not come with it is not to be found by it, and a page that is
   * not full would tell that somebody was left out.
   */
  private async named(question: WorklistQuestion): Promise<WorklistAnswer> {
    const { limit } = question;
    const found: Listed[] = [];
    for (let { after } = question; ;) {
      // One more than is shown: with it one look is enough, unless somebody is left out.
      const { items, next } = await this.listed({ ...question, after, limit: limit + 1 });
      found.push(...items.filter(({ isNamed }) => isNamed));
      after = next;
      if (found.length > limit || next === undefined) break;
    }
    const page = found.slice(0, limit);
    return {
      items: page.map(({ item }) => item),
      next: found.length > limit ? page.at(-1)?.place : undefined,
    };
  }

  private async listed({
    viewer,
    filter,
    sort,
    after,
    limit,
    language,
    today,
    minPosition,
  }: WorklistQuestion) {
    await this.ready(minPosition);
    const { text, values } = worklistStatement(filter, sort, after, limit);
    const { rows } = await this.readModels.pool.query<StoredRow>(text, [...values]);
    const page = rows.slice(0, limit).map(worklistRow);
    const names = await this.namesOn(page, viewer, minPosition);
    return {
      items: page.map((row) => {
        const name = names.get(row.journeyId);
        const item = itemOf(row, name, today, language);
        return { item, isNamed: name?.familyName !== undefined, place: row.place };
      }),
      next: rows.length > limit ? page.at(-1)?.place : undefined,
    };
  }

  /** By journey: of one that came by a handover, what the record lets this reader see of the client. */
  private async namesOn(
    page: readonly WorklistRow[],
    viewer: Viewer,
    minPosition: string | undefined,
  ): Promise<ReadonlyMap<string, Partial<ClientName>>> {
    const own = page.filter(({ handedOver }) => !handedOver);
    const names = await this.names([...new Set(own.map(({ clientId }) => clientId))], minPosition);
    const seen = await Promise.all(
      page
        .filter(({ handedOver }) => handedOver)
        .map(async ({ journeyId }) => {
          const { clientId: _, ...name } = named((await this.seenClient(journeyId, viewer)) ?? {});
          return [journeyId, name] as const;
        }),
    );
    return new Map([
      ...own.flatMap(({ journeyId, clientId }) => {
        const name = names.get(clientId);
        return name ? [[journeyId, name] as const] : [];
      }),
      ...seen,
    ]);
  }
}

interface Listed {
  readonly item: WorklistItem;
  readonly isNamed: boolean;
  readonly place: WorklistPlace;
}

interface WorklistAnswer {
  readonly items: readonly WorklistItem[];
  readonly next: WorklistPlace | undefined;
}

const itemOf = (
  row: WorklistRow,
  name: Partial<ClientName> | undefined,
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
