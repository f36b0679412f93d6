import type { KeyObject } from 'node:crypto';
import { Controller, Inject } from '@nestjs/common';
import type { Caller } from '../../access/index.js';
import {
  Answer,
  BodyOf,
  CallerOf,
  CLOCK,
  Code,
  CURSOR_KEY,
  decodeCursor,
  encodeCursor,
  invalidAt,
  invalidInput,
  LanguageOf,
  MinPositionOf,
  Municipality,
  OrganisationId,
  Page,
  QueryOf,
  QueryRoute,
  SearchRoute,
  Text,
  UserId,
} from '../../http/index.js';
import type { Clock, InputPlace } from '../../http/index.js';
import { phases } from '../../journeys/index.js';
import type { Phase } from '../../journeys/index.js';
import { addDays, berlinDay, REFERENCE_DATA } from '../../reference/index.js';
import type { ReferenceData } from '../../reference/index.js';
import { TaskQueries } from '../task-queries.js';
import type { TaskPlace } from '../task-queries.js';
import type { WhyLanguage } from '../why.js';
import { sorts } from '../worklist-query.js';
import type { Sort, WorklistFilter, WorklistPlace } from '../worklist-query.js';
import { WorklistQueries } from '../worklist-queries.js';
import { TasksAnswer, WorklistAnswer } from './caseload-answers.js';

class WorklistPage extends Page {
  @UserId({ optional: true, description: '`me`, or a user of one’s own organisation', example: 'me' })
  readonly owner?: string;

  @OrganisationId({ optional: true })
  readonly organisation?: string;

  @Municipality({ optional: true })
  readonly municipality?: string;

  @Code(phases, { optional: true, description: 'Closed journeys are listed only if asked for.' })
  readonly phase?: Phase;

  @Code(['overdue', 'week'], { optional: true, description: 'The next seven days include what is overdue.' })
  readonly due?: 'overdue' | 'week';

  @Code(sorts, { optional: true, description: '`openedOn` by default; `-` before it for descending.' })
  readonly sort?: Sort;
}

class WorklistSearch extends WorklistPage {
  @Text({ max: 200, description: 'A name or the beginning of one, in whatever spelling' })
  readonly q!: string;
}

class TaskPage extends Page {
  @Code(['overdue', 'today', 'week'], { optional: true })
  readonly due?: 'overdue' | 'today' | 'week';

  @UserId({ optional: true, description: '`me`, or a user of one’s own organisation', example: 'me' })
  readonly owner?: string;
}

@Controller('v1')
export class CaseloadController {
  constructor(
    private readonly worklist: WorklistQueries,
    private readonly tasks: TaskQueries,
    @Inject(REFERENCE_DATA) private readonly reference: ReferenceData,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CURSOR_KEY) private readonly cursorKey: KeyObject,
  ) {}

  @QueryRoute('listJourneys', {
    path: 'journeys',
    summary: 'The worklist of one’s organisation',
    answer: WorklistAnswer,
  })
  async listJourneys(
    @QueryOf() page: WorklistPage,
    @CallerOf() caller: Caller,
    @LanguageOf() language: WhyLanguage,
    @MinPositionOf() minPosition: string | undefined,
  ) {
    return this.listed(page, caller, language, minPosition);
  }

  @SearchRoute('searchJourneys', {
    path: 'journeys/search',
    summary: 'The worklist of those with such a name',
    answer: WorklistAnswer,
  })
  async searchJourneys(
    @BodyOf() body: WorklistSearch,
    @CallerOf() caller: Caller,
    @LanguageOf() language: WhyLanguage,
    @MinPositionOf() minPosition: string | undefined,
  ) {
    // One letter may be a whole name, and finds nobody whose name only begins with it.
    if (!/[\p{L}\p{N}]/u.test(body.q))
      throw invalidInput([{ pointer: '/q', message: 'must have at least one letter' }]);
    return this.listed(body, caller, language, minPosition, body.q);
  }

  private async listed(
    { limit, cursor, sort = 'openedOn', ...filters }: WorklistPage,
    caller: Caller,
    language: WhyLanguage,
    minPosition: string | undefined,
    q?: string,
  ): Promise<Answer<WorklistAnswer>> {
    const place = q === undefined ? 'query' : 'body';
    const filter = this.filterOf(filters, caller, place);
    const query = JSON.stringify([
      'worklist',
      caller.userId,
      caller.organisationId,
      sort,
      Object.entries(filters).sort(([one], [other]) => (one < other ? -1 : 1)),
      q ?? null,
    ]);
    const after =
      cursor === undefined
        ? undefined
        : (decodeCursor(this.cursorKey, query, cursor, place) as WorklistPlace);
    // Other people's journeys are in no list but their own.
    if (filter === undefined) {
      await this.worklist.ready(minPosition);
      return new Answer({ items: [], nextCursor: null });
    }
    const question = {
      viewer: caller,
      filter,
      sort,
      after,
      limit,
      language,
      today: this.today(),
      minPosition,
    };
    const { items, next } =
      q === undefined ? await this.worklist.page(question) : await this.worklist.search(q, question);
    return new Answer({ items, nextCursor: next ? encodeCursor(this.cursorKey, query, next) : null });
  }

  @QueryRoute('listTasks', {
    path: 'tasks',
    summary: 'What is due on the journeys of one’s organisation',
    answer: TasksAnswer,
  })
  async listTasks(
    @QueryOf() { limit, cursor, due, owner }: TaskPage,
    @CallerOf() caller: Caller,
    @LanguageOf() language: WhyLanguage,
    @MinPositionOf() minPosition: string | undefined,
  ): Promise<Answer<TasksAnswer>> {
    const query = JSON.stringify(['tasks', caller.userId, caller.organisationId, due ?? null, owner ?? null]);
    const userId = this.userOf(owner, caller, 'query');
    const until = this.dueUntil(due);
    const { items, next } = await this.tasks.page({
      viewer: caller,
      ...(userId !== undefined && { userId }),
      ...(until !== undefined && { dueUntil: until }),
      after: cursor === undefined ? undefined : (decodeCursor(this.cursorKey, query, cursor) as TaskPlace),
      limit,
      language,
      today: this.today(),
      minPosition,
    });
    return new Answer({ items, nextCursor: next ? encodeCursor(this.cursorKey, query, next) : null });
  }

  private filterOf(
    { owner, organisation, municipality, phase, due }: Omit<WorklistPage, 'limit' | 'cursor' | 'sort'>,
    caller: Caller,
    place: InputPlace,
  ): WorklistFilter | undefined {
    if (organisation !== undefined && !this.reference.organisation(organisation))
      throw invalidAt(place, '/organisation', 'is no organisation of the register');
    if (municipality !== undefined && !this.reference.municipality(municipality))
      throw invalidAt(place, '/municipality', 'is no municipality of the register');
    const userId = this.userOf(owner, caller, place);
    const until = this.dueUntil(due);
    if (organisation !== undefined && organisation !== caller.organisationId) return undefined;
    return {
      organisationId: caller.organisationId,
      ...(userId !== undefined && { userId }),
      ...(municipality !== undefined && { municipality }),
      ...(phase !== undefined && { phase }),
      ...(until !== undefined && { dueUntil: until }),
    };
  }

  private userOf(owner: string | undefined, caller: Caller, place: InputPlace): string | undefined {
    if (owner === undefined) return undefined;
    if (owner === 'me') return caller.userId;
    if (this.reference.user(owner)?.organisation === caller.organisationId) return owner;
    throw invalidAt(place, '/owner', 'must be `me` or a user of one’s own organisation');
  }

  private dueUntil(due: 'overdue' | 'today' | 'week' | undefined): string | undefined {
    switch (due) {
      case undefined:
        return undefined;
      case 'overdue':
        return addDays(this.today(), -1);
      case 'today':
        return this.today();
      case 'week':
        return addDays(this.today(), 7);
    }
  }

  private today(): string {
    return berlinDay(this.clock.now());
  }
}
