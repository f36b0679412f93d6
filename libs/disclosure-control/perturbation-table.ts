/** How figures may be moved. Taken as known to everyone: only the record keys are secret. */
export interface NoiseRules {
  /** D: no figure moves further than this. A whole number from 1 to 100. */
  readonly maxNoise: number;
  /** V: the variance of the noise, reached where it is attainable and never exceeded. */
  readonly variance: number;
  /** js: no result lies in 1..js. A whole number from 0; 0 where small results may be seen. */
  readonly lowest: number;
}

export interface NoiseProbability {
  readonly noise: number;
  readonly probability: number;
}

/** The noise of one true count. The last row of a table stands for every greater count as well. */
export interface NoiseRow {
  readonly count: number;
  /** By ascending noise, without those that cannot happen. */
  readonly values: readonly NoiseProbability[];
}

export type PerturbationTable = readonly NoiseRow[];

/** No table fits the rules; the message is one sentence that says why. */
export class InfeasibleNoise extends Error {
  override readonly name = 'InfeasibleNoise';
}

/**
 * The perturbation table that tells least about the true counts: of all distributions with mean zero, variance
 * at most V, |noise| ≤ D, no negative result and none in 1..js, the one of greatest entropy for each count
 * (Giessing, "Computational issues in the design of transition probabilities and disclosure risk estimation
 * for additive noise", PSD 2016; Marley and Leaver, "A method for confidentialising user-defined tables", ISI
 * 2011). Such a distribution is exp(α + βv + γv²) on its support, with γ = 0 where V does not bind; β and γ
 * solve the dual by Newton steps, the one within the other, since mean and variance are monotone in them.
 * Zeros stay zero.
 * @throws InfeasibleNoise
 */
export const perturbationTable = (rules: NoiseRules): PerturbationTable => {
  checkRules(rules);
  const { maxNoise, variance, lowest } = rules;
  const rows: NoiseRow[] = [{ count: 0, values: [{ noise: 0, probability: 1 }] }];
  // From this count on nothing is cut off, so all greater ones have the same row.
  const last = lowest === 0 ? maxNoise : maxNoise + lowest + 1;
  for (let count = 1; count <= last; count += 1) {
    const support = supportOf(count, rules);
    rows.push({ count, values: mostEven(support, variance) });
  }
  return rows;
};

const mostMaxNoise = 100;

const checkRules = ({ maxNoise, variance, lowest }: NoiseRules): void => {
  if (!Number.isSafeInteger(maxNoise) || maxNoise < 1 || maxNoise > mostMaxNoise)
    throw new InfeasibleNoise(`The greatest noise must be a whole number from 1 to ${mostMaxNoise}.`);
  if (!Number.isSafeInteger(lowest) || lowest < 0)
    throw new InfeasibleNoise('The lowest results to avoid must be given as a whole number from 0.');
  if (!Number.isFinite(variance) || variance <= 0)
    throw new InfeasibleNoise('The variance must be a number above 0.');
  if (lowest > maxNoise)
    throw new InfeasibleNoise(
      `No result may lie in 1..${lowest}, but a count of 1 cannot move past ${lowest} with a noise of at most ${maxNoise}.`,
    );
  for (let count = 1; count <= lowest; count += 1) {
    // Results on both sides of the gap, weighted to mean zero, spread at least this far.
    const least = count * (lowest + 1 - count);
    if (variance < least)
      throw new InfeasibleNoise(
        `A count of ${count} has to move by -${count} or at least +${lowest + 1 - count}, which takes a variance of at least ${least}; it may only be ${variance}.`,
      );
  }
};

const supportOf = (count: number, { maxNoise, lowest }: NoiseRules): readonly number[] => {
  const support: number[] = [];
  for (let noise = -maxNoise; noise <= maxNoise; noise += 1) {
    const result = count + noise;
    if (result === 0 || result > lowest) support.push(noise);
  }
  return support;
};

const mostEven = (support: readonly number[], most: number): readonly NoiseProbability[] => {
  const flat = centred(support, 0);
  const excess = moment(support, flat, 2) - most;
  if (excess <= 0) return named(support, flat);
  const gamma = root((at) => {
    const probabilities = centred(support, at);
    const [second, third, fourth] = [2, 3, 4].map((power) => moment(support, probabilities, power));
    // How the variance follows γ while β keeps the mean at zero.
    return { value: second! - most, slope: fourth! - second! ** 2 - third! ** 2 / second! };
  });
  return named(support, centred(support, gamma));
};

/** The distribution exp(α + βv + γv²) of mean zero. */
const centred = (support: readonly number[], gamma: number): readonly number[] => {
  const beta = root((at) => {
    const probabilities = exponential(support, at, gamma);
    const mean = moment(support, probabilities, 1);
    return { value: mean, slope: moment(support, probabilities, 2) - mean ** 2 };
  });
  return exponential(support, beta, gamma);
};

const exponential = (support: readonly number[], beta: number, gamma: number): readonly number[] => {
  const exponents = support.map((noise) => beta * noise + gamma * noise * noise);
  const greatest = Math.max(...exponents);
  const weights = exponents.map((exponent) => Math.exp(exponent - greatest));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
};

const moment = (support: readonly number[], probabilities: readonly number[], power: number): number =>
  support.reduce((sum, noise, at) => sum + noise ** power * probabilities[at]!, 0);

const exactness = 1e-13;
const mostSteps = 300;

/** Where an increasing function is zero: Newton's method, halving or doubling wherever it would lead astray. */
const root = (of: (at: number) => { readonly value: number; readonly slope: number }): number => {
  let [low, high, at] = [-Infinity, Infinity, 0];
  for (let step = 0; step < mostSteps; step += 1) {
    const { value, slope } = of(at);
    if (Math.abs(value) < exactness) return at;
    if (value > 0) high = at;
    else low = at;
    const newton = at - value / slope;
    const [least, most] = [
      low === -Infinity ? 2 * Math.min(at, -1) : low,
      high === Infinity ? 2 * Math.max(at, 1) : high,
    ];
    const next = newton > least && newton < most ? newton : beyond(low, high, least, most);
    if (next === at) return at;
    at = next;
  }
  return at;
};

const beyond = (low: number, high: number, least: number, most: number): number => {
  if (high === Infinity) return most;
  return low === -Infinity ? least : (low + high) / 2;
};

const named = (support: readonly number[], probabilities: readonly number[]): readonly NoiseProbability[] =>
  support.map((noise, at) => ({ noise, probability: probabilities[at]! }));
