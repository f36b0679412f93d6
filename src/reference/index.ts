export { berlinDay, endOfBerlinDay, startOfBerlinDay, type Instant } from './berlin-days.js';
export { addDays, isCalendarDay, type CalendarDay } from './calendar-day.js';
export { codeLists, type CodeListName, type Label } from './code-lists.js';
export type { ConsentText } from './consent-texts.js';
export { BrokenReferenceFile } from './parsing.js';
export { isInForce, type ReferenceData } from './reference-data.js';
export { loadReferenceData, REFERENCE_DATA, ReferenceModule } from './reference.module.js';
export { handoverFunctions, organisationKinds } from './registers.js';
export type {
  CompetenceEntry,
  HandoverFunction,
  JointTeam,
  Municipality,
  Organisation,
  OrganisationKind,
  SocialArea,
  StatutoryRule,
  TransferRules,
  User,
} from './registers.js';
export { addWorkingDays, isWorkingDay, workingDaysBetween } from './working-days.js';
