import { ApiProperty } from '@nestjs/swagger';
import { Code, Flag, Instant, ListAnswer, ListOf, Nested, Text, Whole } from '../../http/index.js';
import { dimensions } from '../catalogue/dimensions.js';

export class FigureQuery {
  @Text({
    max: 12,
    optional: true,
    description: 'A frozen release; the newest if absent.',
    example: '2026-Q3',
  })
  readonly release?: string;

  @Text({
    max: 200,
    optional: true,
    description: `Up to three of ${dimensions.join(', ')}, separated by commas.`,
    example: 'municipality,sex',
  })
  readonly by?: string;
}

class Wording {
  @Text({ max: 500 }) readonly de!: string;
  @Text({ max: 500 }) readonly en!: string;
}

class DefinitionAnswer {
  @Nested(() => Wording) readonly numerator!: Wording;
  @Nested(() => Wording, { optional: true }) readonly denominator?: Wording;
  @Nested(() => Wording) readonly statistic!: Wording;
  @Nested(() => Wording) readonly timeRule!: Wording;
  @Nested(() => Wording) readonly censoring!: Wording;
}

export class IndicatorAnswer {
  @Text({ max: 60, example: 'reach' }) readonly code!: string;
  @Nested(() => Wording) readonly title!: Wording;
  @Nested(() => DefinitionAnswer) readonly definition!: DefinitionAnswer;
  @Code(['person', 'journey', 'event']) readonly unit!: string;
  @Flag({ description: 'Whether anything is recorded yet of what it counts; if not, it is in no release.' })
  readonly recorded!: boolean;
  @ListOf(Code(dimensions), { max: 9 }) readonly dimensions!: readonly string[];
}

const page = { max: 200 } as const;

export class IndicatorsAnswer extends ListAnswer {
  @ListOf(Nested(() => IndicatorAnswer), page)
  readonly items!: readonly IndicatorAnswer[];
}

class MethodAnswer {
  @Text({ max: 20, example: 'cell-key' }) readonly name!: string;
  @Whole({ min: 1, max: 100 }) readonly maxNoise!: number;
  @Whole({ min: 1, max: 10_000 }) readonly variance!: number;
  @Whole({ min: 0, max: 100 }) readonly lowest!: number;
  @Whole({ min: 0, max: 100 }) readonly threshold!: number;
  @Whole({ min: 0, max: 100 }) readonly multiple!: number;
}

export class ReleaseAnswer {
  @Text({ max: 12, example: '2026-Q3' }) readonly release!: string;
  @Text({ max: 8, example: '2026-Q3' }) readonly quarter!: string;
  @Whole({ min: 0, max: 99, description: '0, or which correction of the quarter it is.' })
  readonly correction!: number;
  @Instant() readonly frozenAt!: string;
  @Text({ max: 10, example: '2026-11-20', description: 'The last day known to its end.' })
  readonly horizon!: string;
  @Text({ max: 64, description: 'SHA-256 of everything in it.' }) readonly hash!: string;
  @Nested(() => MethodAnswer) readonly method!: MethodAnswer;
}

class CoarsenedAnswer {
  @ListOf(Code(dimensions), { max: 3 }) readonly by!: readonly string[];
  @ListOf(Code(dimensions), { max: 3, description: 'By what it is read instead; by nothing is the total.' })
  readonly readBy!: readonly string[];
}

class SafetyAnswer {
  @Text({ max: 60 }) readonly indicator!: string;
  @Text({ max: 60 }) readonly figure!: string;
  @Whole({ min: 0, max: 1_000_000_000 }) readonly pinnedDown!: number;
  @Whole({
    min: 0,
    max: 1_000_000_000,
    optional: true,
    description: 'Places in its tables at which no figure stands; not told of releases of earlier versions.',
  })
  readonly withheld?: number;
  @ListOf(Nested(() => CoarsenedAnswer), { max: 100, description: 'Breakdowns that are not released.' })
  readonly coarsened!: readonly CoarsenedAnswer[];
  @Whole({ min: 0, max: 1_000_000_000 }) readonly hiddenForOthers!: number;
}

export class AttackedReleaseAnswer extends ReleaseAnswer {
  @ListOf(Text({ max: 12 }), { max: 1000, description: 'The releases that it was attacked together with.' })
  readonly attackedWith!: readonly string[];
  @ListOf(Nested(() => SafetyAnswer), { max: 100, description: 'What came of attacking it.' })
  readonly safety!: readonly SafetyAnswer[];
}

export class ReleasesAnswer extends ListAnswer {
  @ListOf(Nested(() => AttackedReleaseAnswer), page)
  readonly items!: readonly AttackedReleaseAnswer[];
}

export class PublicReleasesAnswer extends ListAnswer {
  @ListOf(Nested(() => ReleaseAnswer), page)
  readonly items!: readonly ReleaseAnswer[];
}

const numberOrBand = {
  oneOf: [{ type: 'number' }, { type: 'string', maxLength: 20 }],
  example: 12,
};

class BandAnswer {
  @ApiProperty(numberOrBand) readonly least!: number | string;
  @ApiProperty(numberOrBand) readonly most!: number | string;
}

export class CellAnswer {
  @Text({ max: 100, optional: true }) readonly socialArea?: string;
  @Text({ max: 100, optional: true }) readonly municipality?: string;
  @Text({ max: 100, optional: true }) readonly region?: string;
  @Text({ max: 100, optional: true }) readonly sex?: string;
  @Text({ max: 100, optional: true }) readonly ageGroup?: string;
  @Text({ max: 100, optional: true }) readonly residenceGroup?: string;
  @Text({ max: 100, optional: true }) readonly language?: string;
  @Text({ max: 100, optional: true }) readonly fieldOfAction?: string;
  @Text({ max: 100, optional: true }) readonly legalDomainPair?: string;
  @Text({ max: 200, description: 'The codes in words.' }) readonly label!: string;
  @Text({ max: 60, example: 'count' }) readonly figure!: string;
  @Text({ max: 60, optional: true, description: 'Of a distribution.' }) readonly category?: string;
  @Code(['shown', 'at-most', 'at-least', 'withheld']) readonly status!: string;
  @ApiProperty({
    ...numberOrBand,
    required: false,
    description: 'A count, a share, a ratio, or a band of days.',
  })
  readonly value?: number | string;
  @Nested(() => BandAnswer, { optional: true, description: 'How far the noise may have moved it.' })
  readonly band?: BandAnswer;
  @Whole({ min: 0, max: 1_000_000_000, optional: true }) readonly numerator?: number;
  @Whole({ min: 0, max: 1_000_000_000, optional: true }) readonly denominator?: number;
  @Whole({ min: 0, max: 1_000_000_000, optional: true, description: 'Open cases.' })
  readonly censored?: number;
  @ApiProperty({
    type: 'number',
    required: false,
    example: 4.2,
    description: 'Of reach: per 1,000 residents.',
  })
  readonly perThousand?: number;
}

export class FigureAnswerBody extends IndicatorAnswer {
  @Nested(() => ReleaseAnswer) readonly release!: ReleaseAnswer;
  @ListOf(Code(dimensions), { max: 3 }) readonly by!: readonly string[];
  @Text({ max: 1000, description: 'How the figures were made safe, in words.' })
  readonly note!: string;
  @Text({ max: 300, optional: true, description: 'Of the population that `perThousand` refers to.' })
  readonly populationSource?: string;
  @ListOf(Nested(() => CellAnswer), { max: 100_000 })
  readonly cells!: readonly CellAnswer[];
}
