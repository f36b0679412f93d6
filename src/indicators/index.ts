export { noiseRules } from './noise.js';
