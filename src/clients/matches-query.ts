import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import type { NamedPerson } from '#personal-data';
import { unavailable } from '../http/index.js';
import type { AnswerLanguage } from '../http/index.js';
import type { Viewer } from './client-access.js';
import { Matches } from './matches.js';
import type { Match } from './matches.js';

export class FindMatches extends Query<readonly Match[]> {
  constructor(
    readonly person: NamedPerson,
    readonly viewer: Viewer,
    readonly language: AnswerLanguage,
  ) {
    super();
  }
}

@QueryHandler(FindMatches)
export class FindMatchesHandler implements IQueryHandler<FindMatches> {
  constructor(private readonly matches: Matches) {}

  async execute({ person, viewer, language }: FindMatches): Promise<readonly Match[]> {
    const found = await this.matches.of(person, viewer, language);
    if (!found) throw unavailable('view-behind', 1, 'Not everybody who was registered can be found yet.');
    return found;
  }
}
