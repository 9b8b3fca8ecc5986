/**
 * How names sound. The rule of the platform is not published: spec rn-consult §13 proposes capitals without accents and
 * without doubled letters; the spellings of one sound in Dutch and French beside it are (inferred).
 *
 * @module
 */

/** Spellings of one sound; the first that fits is taken, wherever it stands. */
const spellings: readonly (readonly [RegExp, string])[] = [
  [/[^A-Z]/g, ''],
  [/PH/g, 'F'],
  [/TH/g, 'T'],
  [/CK|QU|KH|C(?![EIHY])|Q/g, 'K'],
  [/CH|GH/g, 'G'],
  [/C(?=[EIY])|Z/g, 'S'],
  [/KS/g, 'X'],
  [/DT$|D$/g, 'T'],
  [/IJ|EI|EY|Y/g, 'I'],
  [/EAU|AU|OU|OE|W/g, 'V'],
  [/(.)\1+/g, '$1'],
]

/** The sound of a name, equal for names that sound alike. */
export function soundOf(name: string): string {
  let sound = name.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase().replace('Œ', 'OE').replace('Æ', 'AE')
  for (const [spelling, letter] of spellings) sound = sound.replace(spelling, letter)
  return sound
}
