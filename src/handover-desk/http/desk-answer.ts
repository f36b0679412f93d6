import { ListedClientAnswer } from '../../clients/index.js';
import {
  Code,
  DateOnly,
  Flag,
  Instant,
  ListAnswer,
  ListOf,
  Nested,
  OrganisationId,
  Text,
  Uuid,
} from '../../http/index.js';
import { handoverFunctions, handoverSteps } from '../../journeys/index.js';
import type { HandoverFunction, HandoverStep } from '../../journeys/index.js';

class ListedHandoverAnswer {
  @Uuid()
  readonly handoverId!: string;

  @Uuid()
  readonly journeyId!: string;

  @Nested(() => ListedClientAnswer)
  readonly client!: ListedClientAnswer;

  @Code(handoverSteps, { description: 'The same as `step`.' })
  readonly status!: HandoverStep;

  @Code(handoverSteps)
  readonly step!: HandoverStep;

  @OrganisationId({ example: 'kim-bergkamen' })
  readonly fromOrganisationId!: string;

  @OrganisationId()
  readonly toOrganisationId!: string;

  @Code(handoverFunctions)
  readonly function!: HandoverFunction;

  @Instant({ past: true })
  readonly proposedAt!: string;

  @DateOnly({ optional: true, description: 'Of the next step; absent where nobody is waited for.' })
  readonly dueOn?: string;

  @Flag()
  readonly overdue!: boolean;

  @Flag({ description: 'Whether it was recorded that this step is overdue.' })
  readonly escalated!: boolean;

  @Text({
    max: 200,
    description: 'What waits, in a sentence.',
    example: 'Entscheidung über eine Übergabe fällig morgen',
  })
  readonly why!: string;
}

export class HandoversAnswer extends ListAnswer {
  @ListOf(Nested(() => ListedHandoverAnswer), { max: 200 })
  readonly items!: readonly ListedHandoverAnswer[];
}
