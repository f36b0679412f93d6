export { timelineItems } from './timeline.js';
export type { TimelineItem, TimelineLanguage } from './timeline.js';
