import { describe, expect, it } from '@jest/globals';
import { preferredLanguage } from './accept-language.js';

describe('The language of an answer', () => {
  it.each([
    [undefined, 'de'],
    ['', 'de'],
    ['de', 'de'],
    ['en', 'en'],
    ['en-GB', 'en'],
    ['EN-us', 'en'],
    ['tr, ar;q=0.9', 'de'],
    ['tr, en;q=0.1', 'en'],
    ['de;q=0.5, en;q=0.6', 'en'],
    ['en;q=0.5, de;q=0.6', 'de'],
    ['en, de', 'en'],
    ['de, en', 'de'],
    ['*', 'de'],
    ['en;q=0.5, *', 'de'],
    ['de;q=0, *', 'en'],
    ['de;q=0', 'de'],
    ['en;q=0', 'de'],
    ['english', 'de'],
    ['en;q=2', 'de'],
    ['en;q=x, de;q=0.1', 'de'],
    [' en ; q=1.000 ,de', 'en'],
    [';;,,', 'de'],
  ])('asked for as %j is %s', (header, language) => {
    expect(preferredLanguage(header)).toBe(language);
  });
});
