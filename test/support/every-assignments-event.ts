import type { AssignmentsAnswered } from '../../src/journeys/assignments.js';

/** The answer to a request to assign many journeys, with every field that it can have. */
export const everyAssignmentsEvent: { readonly AssignmentsAnswered: AssignmentsAnswered['data'] } = {
  AssignmentsAnswered: {
    fromUserId: 'bergkamen-cm',
    toUserId: 'bergkamen-cm2',
    items: [
      { journeyId: '5e0b7d52-7d5c-5b0e-9d3f-0c5d1b6f7a01', status: 'accepted' },
      { journeyId: '5e0b7d52-7d5c-5b0e-9d3f-0c5d1b6f7a0c', status: 'refused', code: 'wish-not-met' },
    ],
  },
};
