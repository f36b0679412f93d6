import type { Viewer } from '../caseload/index.js';

export interface HandoverQuestion {
  readonly journeyId: string;
  readonly handoverId: string;
  readonly viewer: Viewer;
  readonly purpose: string | undefined;
}

/**
 * A handover as this viewer may see it now, folded from the streams; throws NotVisible if they may not know of it.
 * The composition root provides it from the journeys.
 */
export type HandoverReader = (
  question: HandoverQuestion,
) => Promise<{ readonly body: Readonly<Record<string, unknown>>; readonly revision: number }>;

export const READ_HANDOVER = Symbol('READ_HANDOVER');
