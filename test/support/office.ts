import { fileURLToPath } from 'node:url';
import type { Actor, Context } from '../../src/journeys/domain/decision.js';
import { addDays, addWorkingDays, berlinDay } from '../../src/reference/index.js';
import { loadRegisters } from '../../src/reference/load-registers.js';
import { referenceData } from '../../src/reference/reference-data.js';

/** The offices of the shipped registers, and those of their people who appear in the tests' stories. */
export const reference = referenceData(
  loadRegisters(fileURLToPath(new URL('../../../data', import.meta.url))),
  [],
);

const member = (userId: string): Actor => {
  const { organisation, roles } = reference.user(userId) ?? raise(`${userId} is no user`);
  return { userId, organisationId: organisation, roles };
};

const raise = (message: string): never => {
  throw new Error(message);
};

export const caseManager = member('bergkamen-cm');
export const colleague = member('bergkamen-cm2');
export const headOfTeam = member('bergkamen-lead');
export const kamenCaseManager = member('kamen-cm');
export const kamenHead = member('kamen-lead');
export const jobCentreWorker = member('jobcenter-cm');
export const jobCentreHead = member('jobcenter-lead');
export const immigrationWorker = member('abh-cm');
export const immigrationHead = member('abh-lead');
export const adviser = member('mbe-cm');
export const youthWorker = member('jugendamt-cm');
export const analyst = member('analyst');
export const coordinator = member('coordinator');
export const dataProtectionOfficer = member('dpo');
export const administrator = member('operator');

export const integrationManagement = caseManager.organisationId;
export const jobCentre = jobCentreWorker.organisationId;
export const immigrationOffice = immigrationWorker.organisationId;
export const adviceService = adviser.organisationId;
export const youthOffice = youthWorker.organisationId;

export const bergkamen = '05978004';
export const kamen = '05978020';

/** The id that the next thing is given. */
export const newId = 'fd1c5b9a-3a5e-5a43-8f0e-6a1d1f6d9b10';

/** The moment at which the stories' commands are given, unless a story says otherwise. */
export const now = '2026-03-10T09:00:00.000Z';

export const contextOf = (actor: Actor, at: string = now): Context => ({
  actor,
  now: at,
  today: berlinDay(at),
  id: newId,
  nonce: () => '000102030405060708090a0b0c0d0e0f',
  packageHash: () => undefined,
  statement: () => undefined,
  registers: reference,
  deadlines: {
    calendar: { addDays, addWorkingDays, dayOf: berlinDay },
    periodsOf: (organisationId) => reference.periodsOf(organisationId),
  },
  // What a field may hold is the border's business.
  fitting: (_type, _field, value) => ({ value }),
});
