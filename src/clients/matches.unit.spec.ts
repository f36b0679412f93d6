import { describe, expect, it } from '@jest/globals';
import { reasonInWords } from './match-reasons.js';
import { hintAt } from './matches.js';

describe('A hint at somebody who may be the same person', () => {
  it.each([
    [{ givenName: 'Олена', familyName: 'Мельник', birthDate: '1990-02-03' }, 'О… М…, 1990'],
    [{ givenName: 'Anna Maria', familyName: 'İnce', birthYear: 1984 }, 'A… İ…, 1984'],
    [{ givenName: ' محمد', familyName: '𐤀𐤋', birthYear: 2001 }, 'م… 𐤀…, 2001'],
    [{ givenName: 'Çig\u0306dem', familyName: 'S\u0327ahin' }, 'Ç… Ş…'],
  ])('gives initials and the year, and no more', (details, hint) => {
    expect(hintAt(details)).toBe(hint);
  });

  it('says why in words', () => {
    expect(reasonInWords(['script', 'birth-date'], 'de')).toBe('Andere Schrift, gleiches Geburtsdatum');
    expect(reasonInWords(['swapped', 'birth-year'], 'en')).toBe(
      'Given and family name swapped, same birth year',
    );
  });
});
