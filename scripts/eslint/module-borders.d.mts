import type { Rule } from 'eslint';

export const moduleBorders: Rule.RuleModule;
