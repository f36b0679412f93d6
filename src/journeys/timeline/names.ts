import type { ReferenceData } from '../../reference/index.js';

/** Names from the registers; what they do not know has none. */
export interface Names {
  organisation(id: string): string | undefined;
  municipality(ags: string): string | undefined;
  socialArea(id: string): string | undefined;
  /** A member of staff, as far as the reader may know who they are. */
  member(userId: string): string | undefined;
}

/** The names as a member of that house may know them: staff of one's own house only. */
export const namesFor = (house: string, reference: ReferenceData): Names => ({
  organisation: (id) => reference.organisation(id)?.name,
  municipality: (ags) => reference.municipality(ags)?.name,
  socialArea: (id) => reference.socialArea(id)?.name,
  member: (userId) => {
    const user = reference.user(userId);
    return user?.organisation === house ? user.name : undefined;
  },
});
