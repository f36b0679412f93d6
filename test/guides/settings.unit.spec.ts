import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { loadSettings, SettingsInvalid } from '../../src/config/index.js';

const guide = readFileSync(new URL('../../../docs/guides/settings.md', import.meta.url), 'utf8');
const rows = [...guide.matchAll(/^\| `(\w+)` +\| (.*?) +\|/gm)].map(([, name = '', without = '']) => ({
  name,
  without: without.replaceAll('`', ''),
}));

/** All settings that there are, as whoever misspells one is told them. */
const settings = (): readonly string[] => {
  try {
    loadSettings({ KIM_MISSPELT: 'x' });
  } catch (error) {
    if (error instanceof SettingsInvalid)
      return /the settings are (.*)\.$/.exec(error.problems[0] ?? '')![1]!.split(', ');
  }
  throw new Error('A misspelt setting was taken');
};

it('The guide to the settings names all that there are, and no other', () => {
  expect(rows.map(({ name }) => name).toSorted()).toEqual(settings().toSorted());
});

it('The guide to the settings says what holds where nothing is named', () => {
  const plain = ['PORT', 'KIM_HOST', 'KIM_DATA_DIR', 'KIM_DEMO_JOURNEYS'];
  const named = rows.filter(({ name }) => plain.includes(name)).map(({ name, without }) => [name, without]);
  expect(named).toHaveLength(plain.length);
  expect(loadSettings(Object.fromEntries(named) as Record<string, string>)).toEqual(loadSettings({}));
});
