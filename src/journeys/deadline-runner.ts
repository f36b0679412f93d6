import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { v5 as uuidV5 } from 'uuid';
import { LOG } from '../http/index.js';
import type { Log } from '../http/index.js';
import { KeyRunning, RECORD } from '../record/index.js';
import type { Record } from '../record/index.js';
import type { HandoverDeadline } from './domain/codes.js';
import type { JourneyCommand } from './domain/commands.js';
import { ChangeJourney } from './journey-commands.js';

/** Where the runner looks; the composition root provides it from what reads across journeys. */
export type FindDueHandovers = (today: string) => Promise<readonly DueHandover[]>;

interface DueHandover {
  readonly journeyId: string;
  readonly handoverId: string;
  /** The deadline to escalate; none where the handover is to lapse. */
  readonly deadline?: HandoverDeadline;
}

export const DUE_HANDOVERS = Symbol('DUE_HANDOVERS');

/**
 * Records what a passing day does to handovers: that a step is overdue, that the consent has ended. Whether it is
 * so, each journey's stream decides; so nothing is recorded twice, however many instances run and whatever they find.
 */
@Injectable()
export class DeadlineRunner implements OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> | undefined;

  constructor(
    private readonly commands: CommandBus,
    @Inject(DUE_HANDOVERS) private readonly findDue: FindDueHandovers,
    @Inject(RECORD) private readonly record: Record,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** Looks now, and from then on once a minute. */
  start(): void {
    this.round = this.run()
      .catch(() => {
        this.log('error', 'deadlines-not-run', {});
      })
      .finally(() => {
        this.timer = setTimeout(() => {
          this.start();
        }, everyMinute);
        this.timer.unref();
      });
  }

  /** One round. What cannot be recorded now is found again by the next. */
  async run(): Promise<void> {
    for (const due of await this.findDue(this.record.moment().today)) {
      try {
        await this.commands.execute(changeBy(due));
      } catch (error) {
        // Another round of this very process is at it.
        if (error instanceof KeyRunning) continue;
        this.log('error', 'deadline-not-recorded', { handoverId: due.handoverId });
      }
    }
  }

  async onApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    await this.round;
    clearTimeout(this.timer);
  }
}

const changeBy = ({ journeyId, handoverId, deadline }: DueHandover): ChangeJourney => {
  const command: JourneyCommand =
    deadline === undefined
      ? { type: 'LapseHandover', handoverId }
      : { type: 'EscalateHandover', handoverId, deadline };
  return new ChangeJourney(journeyId, command, {
    commandId: uuidV5(`${handoverId}/${deadline ?? 'lapse'}`, deadlines),
    fingerprint: command.type,
    correlationId: randomUUID(),
    caller: deadlineRunner,
  });
};

const everyMinute = 60_000;

/** Stands in the record as who recorded it: nobody's member. */
export const deadlineRunner = { userId: 'deadlines', organisationId: 'kim-journeys', roles: [] } as const;

/** Namespace of the runner's command ids, made for this purpose. */
const deadlines = '6f1a3c52-0d0e-4b6e-9a55-5d3c2b1f8e47';
