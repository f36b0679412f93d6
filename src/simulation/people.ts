import type { GenderPreference, ResidenceGroup, Sex } from '../journeys/domain/codes.js';
import type { ClientDetails } from '../clients/index.js';
import type { Chance } from './chance.js';

/** An invented person, as a case manager would register them. */
export interface Person {
  readonly details: ClientDetails;
  readonly preferredLanguage: string;
  readonly residenceGroup: ResidenceGroup;
  /** By whom they want to be counselled. */
  readonly wish: GenderPreference;
}

interface Origin {
  /** How many of a hundred. */
  readonly share: number;
  readonly nationality: string;
  readonly languages: readonly [string, ...string[]];
  readonly residence: Readonly<Partial<Record<ResidenceGroup, number>>>;
  readonly women: readonly string[];
  readonly men: readonly string[];
  readonly families: readonly string[];
}

/** Origins as they are met in advice in the district; names in the spellings and scripts in which they come. */
const origins: readonly Origin[] = [
  {
    share: 24,
    nationality: 'UKR',
    languages: ['uk', 'ru'],
    residence: { 'temporary-protection': 92, other: 8 },
    women: ['Oksana', 'Олена', 'Iryna', 'Юлія', 'Nataliia', 'Kateryna', 'Світлана', 'Daryna', 'Halyna'],
    men: ['Oleksandr', 'Андрій', 'Serhii', 'Дмитро', 'Mykola', 'Bohdan', 'Ігор', 'Vasyl'],
    families: [
      'Shevchenko',
      'Бондаренко',
      'Kovalenko',
      'Ткаченко',
      'Kravchuk',
      'Мельник',
      'Lysenko',
      'Petrenko',
    ],
  },
  {
    share: 21,
    nationality: 'SYR',
    languages: ['ar', 'ku'],
    residence: { protection: 78, family: 12, 'asylum-procedure': 6, settlement: 4 },
    women: ['Fatima', 'Rania', 'نور', 'Hiba', 'Yasmin', 'سلمى', 'Amal', 'Rojin'],
    men: ['Mohammad', 'Ahmad', 'محمد', 'Omar', 'Khaled', 'يوسف', 'Hussein', 'Abdulrahman'],
    families: ['Al-Hassan', 'Haddad', 'الخطيب', 'Darwish', 'Khalil', 'Al Masri', 'Othman', 'حداد'],
  },
  {
    share: 13,
    nationality: 'TUR',
    languages: ['tr', 'ku'],
    residence: { settlement: 48, family: 32, 'asylum-procedure': 8, 'work-study': 12 },
    women: ['Ayşe', 'Elif', 'Zeynep', 'Gülşen', 'Hatice', 'Çiğdem', 'Şirin'],
    men: ['Mehmet', 'Mustafa', 'İbrahim', 'Yiğit', 'Ömer', 'Hasan', 'Barış'],
    families: ['Yılmaz', 'Öztürk', 'Çelik', 'Şahin', 'Kılıç', 'Aydın', 'Güneş', 'Doğan'],
  },
  {
    share: 10,
    nationality: 'AFG',
    languages: ['fa', 'ps'],
    residence: { protection: 55, 'asylum-procedure': 25, tolerated: 20 },
    women: ['Zahra', 'Maryam', 'فاطمه', 'Shabnam', 'Parisa', 'Laila'],
    men: ['Hossein', 'Reza', 'علی', 'Ghulam', 'Najib', 'Farid', 'Hamid'],
    families: ['Ahmadi', 'Rahimi', 'حسینی', 'Karimi', 'Noori', 'Sharifi', 'Haidari'],
  },
  {
    share: 8,
    nationality: 'ROU',
    languages: ['ro'],
    residence: { eu: 100 },
    women: ['Ștefania', 'Ioana', 'Mărioara', 'Elena', 'Andreea'],
    men: ['Ion', 'Ștefan', 'Gheorghe', 'Cătălin', 'Vasile'],
    families: ['Popescu', 'Țurcanu', 'Ionescu', 'Munteanu', 'Bălan', 'Stoica'],
  },
  {
    share: 7,
    nationality: 'POL',
    languages: ['pl'],
    residence: { eu: 100 },
    women: ['Agnieszka', 'Małgorzata', 'Katarzyna', 'Bożena'],
    men: ['Paweł', 'Krzysztof', 'Łukasz', 'Grzegorz'],
    families: ['Kowalska', 'Wiśniewski', 'Wójcik', 'Zieliński', 'Dąbrowski', 'Nowak'],
  },
  {
    share: 6,
    nationality: 'IRQ',
    languages: ['ku', 'ar'],
    residence: { protection: 48, 'asylum-procedure': 22, tolerated: 30 },
    women: ['Shilan', 'Narin', 'زينب', 'Hêvî', 'Sara'],
    men: ['Karwan', 'Azad', 'حسين', 'Rêbîn', 'Ali', 'Dilşad'],
    families: ['Hassan Ali', 'Barzani', 'عبد الله', 'Saeed', 'Jaf', 'Qadir'],
  },
  {
    share: 5,
    nationality: 'BGR',
    languages: ['bg', 'tr'],
    residence: { eu: 100 },
    women: ['Мария', 'Desislava', 'Елена', 'Emine', 'Sevda'],
    men: ['Георги', 'Dimitar', 'Иван', 'Hristo', 'Mehmed'],
    families: ['Иванов', 'Georgieva', 'Димитров', 'Asenov', 'Todorova'],
  },
  {
    share: 4,
    nationality: 'ERI',
    languages: ['ti', 'ar'],
    residence: { protection: 80, family: 10, 'asylum-procedure': 10 },
    women: ['Selam', 'Mehret', 'Yordanos', 'Semhar'],
    men: ['Tesfay', 'Filmon', 'Yonas', 'Abel', 'Kidane'],
    families: ['Tekle', 'Ghebremariam', 'Haile', 'Berhane', 'Weldu'],
  },
  {
    share: 2,
    nationality: 'GIN',
    languages: ['fr'],
    residence: { tolerated: 45, 'asylum-procedure': 35, protection: 20 },
    women: ['Aïssatou', 'Mariama', 'Fatoumata'],
    men: ['Mamadou', 'Alpha', 'Ibrahima', 'Thierno'],
    families: ['Diallo', 'Barry', 'Bah', 'Camara', 'Sow'],
  },
];

const shares = Object.fromEntries(origins.map(({ nationality, share }) => [nationality, share]));

/** Somebody who was born so that they are of age, or a youth, on that day. */
export const inventPerson = (chance: Chance, on: string): Person => {
  const nationality = chance.weighted(shares);
  const origin = origins.find((one) => one.nationality === nationality) ?? origins[0];
  if (!origin) throw new RangeError('There are no origins');
  const sex: Sex = chance.weighted({ f: 49, m: 50, d: 1 });
  const givenName = chance.oneOf(sex === 'm' ? origin.men : origin.women);
  const year = Number(on.slice(0, 4)) - age(chance);
  const language = chance.happens(0.78) ? origin.languages[0] : chance.oneOf(origin.languages);
  const known = chance.happens(0.93);
  return {
    details: {
      givenName,
      familyName: chance.oneOf(origin.families),
      ...(known ? { birthDate: dayIn(chance, year) } : { birthYear: year }),
      sex,
      nationality: chance.happens(0.01) ? 'XXA' : nationality,
      languages: languagesOf(chance, origin.languages, language),
      ...(chance.happens(0.08) && { otherNames: [chance.oneOf(origin.families)] }),
      ...(chance.happens(0.85) && {
        phone: `+49 15${chance.whole(10, 99)} ${chance.whole(1_000_000, 9_999_999)}`,
      }),
    },
    preferredLanguage: language,
    residenceGroup: chance.weighted(origin.residence),
    wish: chance.weighted<GenderPreference>(sex === 'm' ? { none: 95, man: 5 } : { none: 84, woman: 16 }),
  };
};

const age = (chance: Chance): number => {
  switch (chance.weighted({ youth: 14, young: 38, middle: 34, older: 11, old: 3 })) {
    case 'youth':
      return chance.whole(16, 24);
    case 'young':
      return chance.whole(25, 34);
    case 'middle':
      return chance.whole(35, 49);
    case 'older':
      return chance.whole(50, 64);
    default:
      return chance.whole(65, 84);
  }
};

/** Many documents name the first of January where nobody knows the day. */
const dayIn = (chance: Chance, year: number): string =>
  chance.happens(0.12) ? `${year}-01-01` : `${year}-${two(chance.whole(1, 12))}-${two(chance.whole(1, 28))}`;

const languagesOf = (chance: Chance, spoken: readonly string[], preferred: string): readonly string[] => [
  ...new Set([preferred, ...(chance.happens(0.4) ? spoken : []), ...(chance.happens(0.45) ? ['de'] : [])]),
];

const two = (number: number): string => String(number).padStart(2, '0');
