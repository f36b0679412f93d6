import type { FieldTable, StreamFormat } from '../record/index.js';

export const assignmentStatuses = ['accepted', 'refused'] as const;

export interface AssignmentResult {
  readonly journeyId: string;
  readonly status: (typeof assignmentStatuses)[number];
  /** Which rule refused it. */
  readonly code?: string;
}

interface AssignmentsEventData {
  /** What became of a request to assign many journeys. Each journey's own stream tells of its new owner. */
  readonly AssignmentsAnswered: {
    readonly fromUserId: string;
    readonly toUserId: string;
    readonly items: readonly AssignmentResult[];
  };
}

export interface AssignmentsAnswered {
  readonly type: 'AssignmentsAnswered';
  readonly data: AssignmentsEventData['AssignmentsAnswered'];
}

/** About the work of an office and no one client: nothing of it is sealed. */
const fields = {
  AssignmentsAnswered: {
    entry: 'process',
    fields: { fromUserId: 'plain process', toUserId: 'plain process', items: 'plain process' },
  },
} as const satisfies FieldTable<AssignmentsEventData>;

export const assignmentsFormat: StreamFormat<AssignmentsAnswered> = {
  fields,
  upcasters: {},
  decisiveSeals: new Set(),
};

/** One stream for each request: whoever sends it again finds there what it was answered. */
export const assignmentsStream = (commandId: string): string => `assignments-${commandId}`;
