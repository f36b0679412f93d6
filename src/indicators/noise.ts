import type { NoiseRules } from '#disclosure-control';

/** How the figures are moved, as everyone may know. */
export const noiseRules: NoiseRules = { maxNoise: 4, variance: 3, lowest: 2 };
