import type { KeyObject } from 'node:crypto';
import { Controller, Inject, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  CLOCK,
  CURSOR_KEY,
  decodeCursor,
  encodeCursor,
  LanguageOf,
  Page,
  pageOf,
  PathOf,
  QueryOf,
  QueryRoute,
  Text,
} from '../../http/index.js';
import type { AnswerLanguage, Clock, PageOf } from '../../http/index.js';
import { REFERENCE_DATA, type ReferenceData } from '../../reference/index.js';
import { catalogue, isRecorded } from '../catalogue/catalogue.js';
import type { Indicator } from '../catalogue/indicator.js';
import { otherTowns, regionsOn } from '../catalogue/regions.js';
import { residentsIn, type Population } from '../population.js';
import { inOrderOfRelease, releaseNamed } from '../quarter.js';
import { dimensionsOf } from '../release/cases.js';
import type { Audience } from '../release/release.js';
import type { FrozenRelease, ReleaseStore } from '../release/release-store.js';
import { formatFor, otherFormats, type Format } from './accept.js';
import { methodInWords, type FigureAnswer } from './answer.js';
import { asChart } from './chart.js';
import { asCsv, asCsvMetadata, placeInWords } from './csv.js';
import type { ShownCell } from './figures.js';
import { figureAsked } from './indicator-queries.js';
import {
  FigureAnswerBody,
  FigureQuery,
  IndicatorsAnswer,
  PublicReleasesAnswer,
  ReleasesAnswer,
  type CellAnswer,
  type IndicatorAnswer,
  type ReleaseAnswer,
} from './indicators.dto.js';
import { asJsonStat } from './json-stat.js';
import { asText } from './text.js';

export const RELEASES = Symbol('RELEASES');
export const POPULATION = Symbol('POPULATION');

const formatsServed =
  'As JSON, CSV (`text/csv`) with its metadata (`application/csvm+json`), JSON-stat 2.0 ' +
  '(`application/vnd.jsonstat+json`), text (`text/plain`) or a chart (`image/svg+xml`), by `Accept`.';
const refusals = ['breakdown-not-released', 'quarter-not-over', 'not-recorded'] as const;

/** What is frozen and perturbed, and nothing else: facts are served to nobody. */
@ApiTags('Indicators')
@Controller('v1')
export class IndicatorsController {
  constructor(
    @Inject(RELEASES) private readonly releases: ReleaseStore,
    @Inject(REFERENCE_DATA) private readonly reference: ReferenceData,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(POPULATION) private readonly population: Population | undefined,
    @Inject(CURSOR_KEY) private readonly cursorKey: KeyObject,
  ) {}

  @QueryRoute('listReleases', { path: 'releases', summary: 'The frozen releases', answer: ReleasesAnswer })
  listReleases(@QueryOf() page: Page): Promise<ReleasesAnswer> {
    return this.pageOfReleases('releases', page, (release) => ({
      ...releaseAnswer(release),
      attackedWith: release.attackedWith,
      safety: release.safety,
    }));
  }

  @QueryRoute('listPublicReleases', {
    path: 'public/releases',
    summary: 'The frozen releases, for everyone',
    answer: PublicReleasesAnswer,
  })
  listPublicReleases(@QueryOf() page: Page): Promise<PublicReleasesAnswer> {
    return this.pageOfReleases('public/releases', page, releaseAnswer);
  }

  @QueryRoute('listIndicators', {
    path: 'indicators',
    summary: 'All indicators with their definitions',
    answer: IndicatorsAnswer,
  })
  indicators(@QueryOf() page: Page): IndicatorsAnswer {
    return pageOf(catalogue.map(indicatorAnswer), page, 'indicators', this.cursorKey);
  }

  @QueryRoute('readIndicator', {
    path: 'indicators/:code',
    summary: 'An indicator of a frozen release',
    description: formatsServed,
    answer: FigureAnswerBody,
    otherFormats,
    refusals,
  })
  async indicator(
    @PathOf('code', Text({ max: 60, example: 'reach' })) code: string,
    @QueryOf() query: FigureQuery,
    @LanguageOf() language: AnswerLanguage,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.answer(code, query, 'analyst', language, request, reply);
  }

  @QueryRoute('readPublicIndicator', {
    path: 'public/indicators/:code',
    summary: 'An indicator of a frozen release, for everyone: small figures hidden, the rest rounded',
    description: formatsServed,
    answer: FigureAnswerBody,
    otherFormats,
    refusals,
  })
  async publicIndicator(
    @PathOf('code', Text({ max: 60, example: 'reach' })) code: string,
    @QueryOf() query: FigureQuery,
    @LanguageOf() language: AnswerLanguage,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.answer(code, query, 'public', language, request, reply);
  }

  /** Goes on after a release and not at a place: what is frozen in between may stand before it. */
  private async pageOfReleases<Answer>(
    list: string,
    { limit, cursor }: Page,
    answerOf: (release: FrozenRelease) => Answer,
  ): Promise<PageOf<Answer>> {
    const after = { id: cursor === undefined ? '' : (decodeCursor(this.cursorKey, list, cursor) as string) };
    const rest = (await this.releases.list()).filter((release) => inOrderOfRelease(release, after) > 0);
    const items = rest.slice(0, limit);
    const last = rest.length > limit ? items.at(-1) : undefined;
    return {
      items: items.map(answerOf),
      nextCursor: last ? encodeCursor(this.cursorKey, list, last.id) : null,
    };
  }

  private async answer(
    code: string,
    { release, by }: FigureQuery,
    audience: Audience,
    language: AnswerLanguage,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const format = formatFor(request.headers.accept);
    const asked = await figureAsked(this.releases, { code, release, by, audience, now: this.clock.now() });
    const answer: FigureAnswer = { ...asked, audience, language, reference: this.reference };
    void reply.header('vary', 'Accept, Accept-Language');
    if (format === 'text/csv')
      void reply.header('link', `<${request.url}>; rel="describedby"; type="application/csvm+json"`);
    const body = await this.written(answer, format, request.url);
    await reply.type(typeOf(format)).send(body);
  }

  private async written(answer: FigureAnswer, format: Format, url: string): Promise<string> {
    switch (format) {
      case 'application/json':
        return JSON.stringify(this.asJson(answer));
      case 'text/csv':
        return asCsv(answer);
      case 'application/csvm+json':
        return JSON.stringify(asCsvMetadata(answer, url));
      case 'application/vnd.jsonstat+json':
        return JSON.stringify(asJsonStat(answer));
      case 'text/plain':
        return asText(answer);
      case 'image/svg+xml':
        return asChart(answer);
    }
  }

  private asJson(answer: FigureAnswer): FigureAnswerBody {
    const { indicator, release, by, cells } = answer;
    const source = indicator.code === 'reach' ? this.population : undefined;
    return {
      ...indicatorAnswer(indicator),
      release: releaseAnswer(release),
      by,
      note: methodInWords(answer),
      ...(source && { populationSource: `${source.source}, ${source.date}` }),
      cells: cells.map(({ codes, ...cell }): CellAnswer => {
        const residents = source && residentsOf(source, answer, codes);
        return {
          ...codes,
          label: placeInWords(answer, { codes, ...cell }),
          ...cell,
          ...(residents !== undefined &&
            typeof cell.value === 'number' && {
              perThousand: Math.round((cell.value / residents) * 10_000) / 10,
            }),
        };
      }),
    };
  }
}

const indicatorAnswer = (indicator: Indicator): IndicatorAnswer => ({
  code: indicator.code,
  title: indicator.title,
  definition: indicator.definition,
  unit: indicator.unit,
  recorded: isRecorded(indicator),
  dimensions: dimensionsOf(indicator),
});

const releaseAnswer = (release: FrozenRelease): ReleaseAnswer => ({
  release: release.id,
  quarter: release.quarter,
  correction: release.correction,
  frozenAt: release.frozenAt,
  horizon: release.horizon,
  hash: release.hash,
  method: release.method,
});

const typeOf = (format: Format): string => (format === 'image/svg+xml' ? format : `${format}; charset=utf-8`);

/** Residents are known by town, and so of a region and of all towns together. */
const residentsOf = (
  population: Population,
  { by, release, reference }: FigureAnswer,
  { municipality, region }: ShownCell['codes'],
): number | undefined => {
  if (by.length > 1) return undefined;
  if (municipality !== undefined) return residentsIn(population, [municipality]);
  if (by.length === 1 && region === undefined) return undefined;
  const regions = regionsOn(releaseNamed(release.quarter)!.quarter.to, reference);
  const towns = reference.municipalities
    .map(({ ags }) => ags)
    .filter((town) => region === undefined || (regions[town] ?? otherTowns) === region);
  return residentsIn(population, towns);
};
