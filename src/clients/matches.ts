import { Inject, Injectable } from '@nestjs/common';
import type { NamedPerson } from '#personal-data';
import type { AnswerLanguage } from '../http/index.js';
import { RECORD } from '../record/index.js';
import type { Record } from '../record/index.js';
import { CLIENT_ACCESS } from './client-access.js';
import type { ClientAccess, Viewer } from './client-access.js';
import { CLIENT_DIRECTORY, likelyClients, likenessTo } from './directory/index.js';
import type { Directory } from './directory/index.js';
import type { ClientDetails } from './domain/events.js';
import { seenDetails } from './client-view.js';
import { reasonInWords } from './match-reasons.js';
import { loadSeenPerson } from './seen-person.js';

/** Somebody who may be the person that was asked about. */
export interface Match {
  readonly clientId: string;
  /** 0 to 1. */
  readonly score: number;
  /** Enough to recognise whom one knows, too little to learn a name. */
  readonly hint: string;
  readonly reason: string;
}

@Injectable()
export class Matches {
  constructor(
    @Inject(RECORD) private readonly record: Record,
    @Inject(CLIENT_ACCESS) private readonly access: ClientAccess,
    @Inject(CLIENT_DIRECTORY) private readonly directory: Directory,
  ) {}

  /**
   * Clients who may be this person, the likeliest first, of those whose identity the viewer may see.
   * `undefined` where it would take too long to include whoever was registered just now.
   */
  async of(
    person: NamedPerson,
    viewer: Viewer,
    language: AnswerLanguage,
  ): Promise<readonly Match[] | undefined> {
    if (!(await this.directory.atHead())) return undefined;
    const likely = await likelyClients(this.directory, person, viewer.organisationId);
    const likeness = likenessTo(this.directory, person);
    const matches = new Map<string, Match>();
    for (let at = 0; at < likely.length && matches.size < mostShown; at += mostShown) {
      const next = likely
        .slice(at, at + mostShown)
        .map(({ clientId }) => this.shown(clientId, likeness, viewer, language));
      for (const match of await Promise.all(next)) if (match) matches.set(match.clientId, match);
    }
    return [...matches.values()].sort((one, other) => other.score - one.score).slice(0, mostShown);
  }

  /**
   * What the viewer may know of it: nothing, unless the record gives them the right to see who the client is; and
   * what they do not see makes nobody likelier, so that no guess is confirmed.
   */
  private async shown(
    clientId: string,
    likeness: ReturnType<typeof likenessTo>,
    viewer: Viewer,
    language: AnswerLanguage,
  ): Promise<Match | undefined> {
    const { client, merged, erased, granted } = await loadSeenPerson(
      this.record,
      this.access,
      clientId,
      viewer,
    );
    if (client.stage === 'none' || erased) return undefined;
    const [seen, ...others] = [client, ...merged].map((one) => seenDetails(one, granted));
    if (!seen || !isNamed(seen)) return undefined;
    const likely = likeness([seen, ...others.filter(isNamed)]);
    if (!likely) return undefined;
    return {
      clientId: client.clientId,
      score: Math.round(likely.score * 100) / 100,
      hint: hintAt(seen),
      reason: reasonInWords(likely.reasons, language),
    };
  }
}

const mostShown = 20;

const isNamed = (seen: Partial<ClientDetails>): seen is ClientDetails =>
  seen.givenName !== undefined && seen.familyName !== undefined;

/** `O… M…, 1990` */
export const hintAt = ({ givenName, familyName, birthDate, birthYear }: ClientDetails): string => {
  const year = birthDate?.slice(0, 4) ?? birthYear;
  return `${initial(givenName)} ${initial(familyName)}${year === undefined ? '' : `, ${year}`}`;
};

const initial = (name: string): string => `${Array.from(name.trim().normalize('NFC'))[0] ?? ''}…`;
