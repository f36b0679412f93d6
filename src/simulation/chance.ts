import { createHash } from 'node:crypto';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Choices that are the same for the same seed. */
export interface Chance {
  /** A whole number from `min` to `max`, both included. */
  whole(min: number, max: number): number;
  /** True with that probability, 0 to 1. */
  happens(probability: number): boolean;
  oneOf<T>(items: readonly T[]): T;
  /** One of the keys, each as often as its weight says. */
  weighted<T extends string>(weights: Readonly<Partial<Record<T, number>>>): T;
}

export const chanceOf = (seed: string): Chance => {
  const generator = xoroshiro128plus(createHash('sha256').update(seed).digest().readInt32BE());
  // The first numbers of this generator are nearly the same for every seed.
  for (let discarded = 0; discarded < 64; discarded += 1) generator.next();
  const happens = (probability: number): boolean => uniformFloat64(generator) < probability;
  const whole = (min: number, max: number): number => uniformInt(generator, min, max);
  return {
    whole,
    happens,
    oneOf: (items) => {
      const item = items[whole(0, items.length - 1)];
      if (item === undefined) throw new RangeError('There is nothing to choose from');
      return item;
    },
    weighted: (weights) => {
      const entries = Object.entries(weights as Readonly<Record<string, number>>);
      const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
      let left = uniformFloat64(generator) * total;
      const found = entries.find(([, weight]) => (left -= weight) < 0);
      return (found ?? entries[entries.length - 1])?.[0] as keyof typeof weights;
    },
  };
};
