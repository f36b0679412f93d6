import { views } from '../read-models/index.js';
import type { ReadModels } from '../read-models/index.js';

/** What the deadline runner is to look at: a step that is overdue, or a basis that has ended. */
export interface DueHandover {
  readonly journeyId: string;
  readonly handoverId: string;
  /** The deadline to escalate; none where the handover is to lapse. */
  readonly deadline?: 'review' | 'decision' | 'first-contact';
}

/**
 * Handovers whose step was due before that day and is not escalated yet, or whose consent ended before it. Finding
 * them is all that this does; what is recorded of it, the journey's stream decides.
 * @param today `YYYY-MM-DD` in Europe/Berlin
 */
export const findDue = async (
  { pool, atHead }: Pick<ReadModels, 'pool' | 'atHead'>,
  today: string,
): Promise<readonly DueHandover[]> => {
  if (!(await atHead('handovers'))) return [];
  const { rows } = await pool.query<{
    readonly journey_id: string;
    readonly handover_id: string;
    readonly deadline: NonNullable<DueHandover['deadline']> | null;
  }>(
    `SELECT journey_id, handover_id, NULL AS deadline
       FROM ${views}.handovers
      WHERE rests_until < $1 AND step IN ('proposed', 'returned', 'approved', 'information-requested')
      UNION ALL
     SELECT journey_id, handover_id, deadline
       FROM ${views}.handovers
      WHERE due_on < $1 AND deadline IS NOT NULL AND escalated IS DISTINCT FROM deadline
        AND (step = 'accepted' OR rests_until >= $1)
      LIMIT 1000`,
    [today],
  );
  return rows.map(({ journey_id: journeyId, handover_id: handoverId, deadline }) => ({
    journeyId,
    handoverId,
    ...(deadline !== null && { deadline }),
  }));
};
