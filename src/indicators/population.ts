import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Residents with a history of immigration, as the operator has configured them. */
export interface Population {
  readonly source: string;
  /** `YYYY-MM-DD`: the day of which they are. */
  readonly date: string;
  /** By municipality (AGS). */
  readonly residents: Readonly<Record<string, number>>;
}

/** The project's `data/population.json`, seen from where the compiled file lies. */
const shippedFile = fileURLToPath(new URL('../../../data/population.json', import.meta.url));

/** `undefined` while none is configured. Throws an Error, whose message names the file, for one that is unfit. */
export const loadPopulation = (file: string = shippedFile): Population | undefined => {
  const { source, date, residents } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Population>;
  if (residents === undefined || Object.keys(residents).length === 0) return undefined;
  const isFit =
    typeof source === 'string' &&
    source !== '' &&
    typeof date === 'string' &&
    /^\d{4}-\d\d-\d\d$/.test(date) &&
    Object.values(residents).every((number) => Number.isSafeInteger(number) && number > 0);
  if (!isFit) throw new Error(`${file} must name source, date and the residents of each municipality.`);
  return { source, date, residents };
};

/** Of all these towns together; `undefined` unless each of them is configured. */
export const residentsIn = ({ residents }: Population, towns: readonly string[]): number | undefined =>
  towns.length > 0 && towns.every((town) => residents[town] !== undefined)
    ? towns.reduce((sum, town) => sum + residents[town]!, 0)
    : undefined;
