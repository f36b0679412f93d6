export { namesFor } from './names.js';
export type { Names } from './names.js';
export { timelineItems } from './timeline.js';
export type { TimelineItem } from './timeline.js';
export type { TimelineLanguage } from './words.js';
