import { scriptOf, written } from './letters.js';
import { readings } from './phonemes.js';
import { soundsOf } from './sounds.js';

/**
 * Which names a sound belongs to whose national forms no rule derives from each other, because passports
 * carry now one, now the other (Oleksandr, Aleksandr, Alexander).
 */
export const formsOf = (sound: string): readonly string[] => groupsOfSound.get(sound) ?? [];

/** A name in Arabic script as it is pronounced, for the commonest ones: their short vowels are not written. */
export const pronunciationsOf = (spelling: string): readonly string[] => pronunciations.get(spelling) ?? [];

/** Whether so many people bear a name of this sound that it says little about who somebody is. */
export const isCommon = (sound: string): boolean => commonSounds.has(sound);

/** After the articles on these names in Wikipedia and the passports' spellings under Ukrainian law. */
const forms = `
alexander aleksandr oleksandr olexandr olexander alexandre alexandru
alexandra aleksandra oleksandra
alexei aleksej oleksii
dmitri dmytro dimitri
vladimir volodymyr
nikolai mykola nicolae nikola
michael mikhail mykhailo mihai mihail mikael mihajlo michal
george georgi heorhii georg gheorghe giorgi georgios
grigori hryhorii grzegorz
eugen yevhen evgeni eugene
pavel pavlo paul pawel
peter petro petr pyotr piotr petar petru
stephan stefan stepan
daniel danylo danil danilo
fedor fedir fyodor
ilya illia ilie
kirill kyrylo cyril
vasili vasyl vasile
joseph josef yosyp iosif
jakob yakiv yakov jacob jakub
semen semyon simeon
artem artyom
konstantin kostiantyn constantin
nikita mykyta
philipp pylyp filip
anton antin
catherine katharina kateryna ekaterina katarina katerina
helen helena olena elena jelena
anna hanna
elizabeth elisabeth yelyzaveta elizaveta
svetlana svitlana
nadezhda nadiia
vera vira
natalia nathalie
sofia sophie
maria marie
julia julie
muhammad mohammed mehmet mihemed mohammad
fatima fatma fatemeh
zainab zeynep zineb
khadija hatice
ibrahim brahim
sulaiman slimane soliman
reza rida riza ridha
qasim ghasem kasim
jamal gamal
hajar hagar
dawud daoud davud
yunus younes yunes
yusuf yousef
maryam miriam mariem
qasimi ghasemi kasemi
abubakr abubakar aboubacar ebubekir
`;

/** After DIN 31635 and the common Latin spellings of each name. */
const spoken = `
محمد muhammad|محمود mahmud|احمد ahmad|حامد hamid|حمید hamid|حسن hasan|حسین husain|علی ali|عمر umar|عثمان uthman
خالد khalid|خلیل khalil|یوسف yusuf yousef|ابراهیم ibrahim|اسماعیل ismail|اسحاق ishaq|یعقوب yaqub|موسی musa|عیسی isa
داود dawud davud|داوود dawud davud|سلیمان sulaiman|یونس yunus|یحیی yahya|ادریس idris|ایوب ayub|ادم adam|جمال jamal
کمال kamal|جلال jalal|بلال bilal|طارق tariq|طاهر tahir|ماهر mahir|مازن mazin|مهند muhannad|مروان marwan|نبیل nabil
نادر nadir|ناصر nasir|منصور mansur|مصطفی mustafa|مرتضی murtada murtaza|رضا rida reza|رشید rashid|راشد rashid
رامی rami|ریاض riyad riyaz|زیاد ziyad|زید zaid|سعید said|سعد saad|سامی sami|سمیر samir|سالم salim|سلیم salim
سلمان salman|شریف sharif|صالح salih|صلاح salah|عادل adil|عباس abbas|عماد imad|عمران imran|عمار ammar|فادی fadi
فارس faris|فیصل faisal|قاسم qasim|کریم karim|لطیف latif|ماجد majid|مجید majid|مالک malik|نجیب najib|وسیم wasim
ولید walid|هادی hadi|هاشم hashim|هشام hisham|هیثم haitham|یاسر yasir|یاسین yasin|اکرم akram|امین amin|امیر amir
انس anas|انور anwar|ایمن aiman|بشیر bashir|جابر jabir|جعفر jafar|جواد jawad|حسام husam|حمزه hamza|رحیم rahim
غلام ghulam|غسان ghassan|فرهاد farhad|بهروز behruz|مهدی mahdi|شاهین shahin|کاظم kazim|کامران kamran|نوید navid
نور nur|لیلا laila|لیلی laila|ساره sara|سارا sara|مریم maryam|زینب zainab|زهرا zahra|زهراء zahra|فاطمه fatima
فاطمة fatima|عائشة aisha|عایشه aisha|خدیجه khadija|خدیجة khadija|امینه amina|امینة amina|اسماء asma|هدی huda
جمیله jamila|جمیلة jamila|حنان hanan|رانیا rania|سعاد suad|سلمی salma|سمیره samira|سمیرة samira|سمیرا samira
یاسمین yasmin|معصومه masuma|پریسا parisa|شیرین shirin|نرگس nargis|منی muna|لینا lina
`;

/** Names that many bear among the people this is for, after the registers' own name statistics. */
const common = `
ali ahmad muhammad hassan hussein ibrahim mustafa omar osman abdullah khalid yusuf mahmoud mehmet fatima maryam aisha
zahra amir hamid karim said salim nour khalil saleh hamad khan singh nguyen tran le yilmaz kaya demir sahin celik
yildiz yildirim ozturk aydin ayse fatma ivan anna maria olena olga natalia tatiana oleksandr serhii andrii iryna
julia shevchenko kovalenko bondarenko ivanov petrov popa popescu ionescu stefan elena ana mueller schmidt schneider
fischer weber meyer wagner becker hoffmann peter thomas michael andreas kowalski nowak jovanovic petrovic tesfay
hosseini mohammadi ahmadi rezaei karimi rahimi
`;

const soundsOfName = (name: string): string[] => {
  const spelling = written(name);
  return readings(spelling, scriptOf(spelling)).flatMap(soundsOf);
};

const groupsOfSound = new Map<string, string[]>();
for (const line of forms.trim().split('\n')) {
  const names = line.split(' ');
  for (const sound of new Set(names.flatMap(soundsOfName))) {
    groupsOfSound.set(sound, [...(groupsOfSound.get(sound) ?? []), names[0]!]);
  }
}

const pronunciations = new Map(
  spoken
    .trim()
    .split(/[|\n]/)
    .map((entry) => entry.split(' '))
    .map(([spelling, ...names]) => [written(spelling!), names]),
);

const commonSounds = new Set(common.trim().split(/\s+/).flatMap(soundsOfName));
