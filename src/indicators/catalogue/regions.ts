import { isInForce, type CalendarDay, type ReferenceData } from '../../reference/index.js';

/** The code of all towns that no joint team works in. */
export const otherTowns = 'other-towns';

/** By municipality (AGS) the joint team that works there; the others are not named. */
export type Regions = Readonly<Record<string, string>>;

export const regionsOn = (
  day: CalendarDay,
  { jointTeams, municipalities, servesMunicipality }: ReferenceData,
): Regions =>
  Object.fromEntries(
    municipalities.flatMap(({ ags }) => {
      const team = jointTeams.find(
        (one) => isInForce(one, day) && one.organisations.some((id) => servesMunicipality(id, ags)),
      );
      return team ? [[ags, team.id]] : [];
    }),
  );
