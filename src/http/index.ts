export { CLOCK, systemClock, type Clock } from './clock.js';
export * from './fields.js';
export { readInput, pointerTo } from './input.js';
export * from './problem.js';
