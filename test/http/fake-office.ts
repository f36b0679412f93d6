import { createSecretKey, randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { Controller, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { StoreUnavailable } from '#event-store';
import { fingerprint } from '#personal-data';
import { AccessModule } from '../../src/access/access.module.js';
import { demoIdentity, rememberingTokens, type Caller } from '../../src/access/index.js';
import {
  Answer,
  BodyOf,
  CallerOf,
  Code,
  CommandRequestOf,
  CommandRoute,
  createApplication,
  DateOnly,
  HttpModule,
  LanguageOf,
  ListOf,
  MinPositionOf,
  Name,
  Nested,
  Page,
  PathOf,
  PurposeOf,
  QueryOf,
  QueryRoute,
  SearchRoute,
  Text,
  Uuid,
  Whole,
  type Clock,
  type CommandRequest,
  type Log,
  type LogEntry,
} from '../../src/http/index.js';
import type { ReadinessCheck } from '../../src/operations/health.js';
import { HealthModule } from '../../src/operations/health.module.js';
import { ask, type Answered, type Question } from './ask.js';

/** An office with one of each: a command, a query, a list, a search. It writes nothing and says what it understood. */

class Step {
  @Text({ max: 50 }) readonly title!: string;
}

export class NeedBody {
  @Code(['housing', 'health-care']) readonly fieldOfAction!: string;
  @DateOnly({ past: true, optional: true }) readonly occurredOn?: string;
  @Text({ max: 2000, optional: true }) readonly description?: string;
  @Whole({ min: 0, max: 1440, optional: true }) readonly minutes?: number;
  @ListOf(Nested(() => Step), { max: 3, optional: true })
  readonly steps?: readonly Step[];
}

class NoteBody {
  @Text({ max: 20, optional: true }) readonly note?: string;
}

class SearchBody {
  @Name() readonly q!: string;
}

class Worklist extends Page {
  @Code(['intake', 'plan'], { optional: true }) readonly phase?: string;
}

class NeedAnswer {
  @Uuid() readonly needId!: string;
}

@Controller('v1/journeys')
class FakeJourneys {
  @CommandRoute('openJourney', { status: 201, summary: 'Opens a journey', answer: NeedAnswer })
  open(@CommandRequestOf() request: CommandRequest, @BodyOf() body: NeedBody): Answer {
    const location = `/v1/journeys/${request.commandId}`;
    return new Answer({ request, body }, { revision: 0, position: '1', location });
  }

  @CommandRoute('identifyNeed', {
    path: ':journeyId/needs',
    status: 201,
    summary: 'Records a need',
    answer: NeedAnswer,
    refusals: ['journey-closed'],
  })
  need(
    @PathOf('journeyId', Uuid()) journeyId: string,
    @CommandRequestOf() request: CommandRequest,
    @BodyOf() body: NeedBody,
  ): Answer {
    if (body.description === 'break') throw new Error(`something about ${body.description} and Amina Yılmaz`);
    if (body.description === 'away') throw new StoreUnavailable('host db-7 of Amina Yılmaz is away');
    return new Answer({ journeyId, request, body }, { revision: 8, position: '1042' });
  }

  @CommandRoute('closeJourney', { path: ':journeyId/closure', summary: 'Closes a journey' })
  close(@CommandRequestOf() request: CommandRequest, @BodyOf() body: NoteBody): Answer {
    return new Answer({ request, body });
  }

  @CommandRoute('reopenJourney', { path: ':journeyId/reopening', summary: 'Reopens a journey' })
  reopen(@CommandRequestOf() request: CommandRequest): Answer {
    return new Answer({ request });
  }

  @QueryRoute('readJourney', { path: ':journeyId', summary: 'A journey' })
  read(
    @PathOf('journeyId', Uuid()) journeyId: string,
    @CallerOf() caller: Caller,
    @PurposeOf() purpose: string | undefined,
    @MinPositionOf() minPosition: string | undefined,
    @LanguageOf() language: string,
  ): Answer {
    return new Answer({ journeyId, caller, purpose, minPosition, language }, { revision: 7 });
  }
}

@Controller('v1')
class FakeLists {
  @QueryRoute('listOrganisations', { path: 'organisations', summary: 'A list' })
  list(@QueryOf() { limit, cursor, phase }: Worklist): object {
    return { limit, cursor, phase };
  }

  @SearchRoute('listUsers', { path: 'clients/matches', summary: 'A search' })
  search(@BodyOf() body: SearchBody): object {
    return { body };
  }
}

@Module({})
class FakeOffice {}

export interface Office {
  readonly app: NestFastifyApplication;
  readonly port: number;
  readonly ask: (question: Question) => Promise<Answered>;
  readonly log: readonly {
    readonly level: string;
    readonly event: string;
    readonly entry: LogEntry | undefined;
  }[];
  /** A header that says who asks. */
  readonly as: (username: string) => Promise<{ authorization: string }>;
}

export const users = [
  { username: 'kamen-cm', name: 'Fallmanagement Kamen', organisation: 'kim-kamen', roles: ['case_manager'] },
  { username: 'analyst', name: 'Monitoring Kreis Unna', organisation: 'ki-kreis-unna', roles: ['analyst'] },
];

/** Tuesday noon in Kamen. */
export const noon: Clock = { now: () => new Date('2026-11-24T11:00:00Z') };

interface OfficeOptions {
  readonly demo?: boolean;
  readonly checks?: readonly ReadinessCheck[];
  readonly logSuccesses?: boolean;
  readonly grace?: number;
}

export const openOffice = async ({
  demo = true,
  checks = [],
  ...options
}: OfficeOptions = {}): Promise<Office> => {
  const identity = await demoIdentity(users, noon);
  const key = createSecretKey(randomBytes(32));
  const lines: Office['log'][number][] = [];
  const log: Log = (level, event, entry) => void lines.push({ level, event, entry });
  const app = await createApplication(
    {
      module: FakeOffice,
      imports: [
        HttpModule.with({
          clock: noon,
          verifier: rememberingTokens(identity, noon),
          fingerprint: (body) => fingerprint(key, body),
          log,
          cursorKey: key,
        }),
        AccessModule.with(demo ? identity : undefined),
        HealthModule.with(checks),
      ],
      controllers: [FakeJourneys, FakeLists],
    },
    log,
    options,
  );
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return {
    app,
    port,
    ask: (question) => ask(port, question),
    log: lines,
    as: async (username) => ({ authorization: `Bearer ${await identity.tokenFor(username)}` }),
  };
};
