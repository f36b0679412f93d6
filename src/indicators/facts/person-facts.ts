/** The age groups, by the age at which each begins. */
export const ageGroups = ['0-15', '16-24', '25-34', '35-49', '50-64', '65-79', '80+'] as const;
const firstAges = [0, 16, 25, 35, 50, 65, 80];

/**
 * The age group on a day. The fact table keeps the group on the day of registration and no birth date, so it
 * never changes, and no birthday shows between two quarters.
 */
export const ageGroupOn = (
  day: string,
  { birthDate, birthYear }: { readonly birthDate?: unknown; readonly birthYear?: unknown },
): string | undefined => {
  const years =
    typeof birthDate === 'string'
      ? Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4)) - (day.slice(5) < birthDate.slice(5) ? 1 : 0)
      : typeof birthYear === 'number'
        ? Number(day.slice(0, 4)) - birthYear
        : undefined;
  return years === undefined
    ? undefined
    : ageGroups[firstAges.findLastIndex((age) => age <= Math.max(0, years))];
};
