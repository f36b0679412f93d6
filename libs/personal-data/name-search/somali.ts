/**
 * A name as Somali writes it (orthography of 1972), in the spelling that most passports carry: `c` is the ayn,
 * which they leave out and which would be read here as k or s. (`x`, for ḥ, is read as h among its readings.)
 * `word` is lower-case Latin. Only names that are Somali for certain: a rule for every c would meet other languages.
 */
export const somaliSpelling = (word: string): string =>
  /^cabd[aiu]/.test(word) ? word.slice(1).replace(/([aiu])\1/g, '$1') : (spellings.get(word) ?? word);

const spellings = new Map(
  `
cali ali|cumar omar|cusmaan osman|cismaan osman|ciise isse|caisha aisha|caasha aisha|caasho aisha|cilmi elmi
cigaal egal|cawaale awale|cawil awil|cambaro ambaro|cadnaan adnan|ceebla ebla|cige ige|cabbaas abbas|saciid said
siciid said|sacdiya sadia|sacdiyo sadia|sucaad suad|sacad saad|ismaaciil ismail|ismaciil ismail|jaamac jama
jimcaale jimale|nacima naima|nimco nimo|macallin mallin|rabiic rabi|shucayb shuaib|yacquub yaqub|jacfar jafar
mascuud masud|maxamed mohamed|maxamuud mohamud|axmed ahmed|xasan hasan|xuseen husein|xaliimo halima|faadumo fatima|faduumo fatima
faduma fatima|fadumo fatima
`
    .trim()
    .split(/[|\n]/)
    .map((entry) => entry.split(' ') as [string, string]),
);
