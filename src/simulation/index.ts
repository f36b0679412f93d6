export { simulate } from './simulate.js';
export type { Simulation } from './simulate.js';
export { simulatedClock } from './simulated-clock.js';
export type { SimulatedClock } from './simulated-clock.js';
