import type { DataCategory, FieldOfAction, PotentialKind } from './codes.js';

/** Danger and discrimination are told in confidence, health belongs to Art. 9 GDPR; all other needs are needs. */
export const needCategory = (field: FieldOfAction | undefined): DataCategory => {
  switch (field) {
    case 'health-care':
      return 'health';
    case 'protection':
    case 'discrimination':
      return 'protection';
    default:
      return 'needs';
  }
};

export const potentialCategory = (kind: PotentialKind | undefined): DataCategory => {
  switch (kind) {
    case 'language':
      return 'language';
    case 'qualification':
    case 'recognition':
      return 'education';
    case 'work-experience':
      return 'employment';
    case 'volunteering':
    case 'strength':
    case undefined:
      return 'potentials';
  }
};
