/** Towns and streets that do not exist, in the languages of the country. */

/** A text in Dutch and in French. */
export interface Bilingual {
  readonly nl: string
  readonly fr: string
}

/** A town. No post office has these codes. */
export interface Town extends Bilingual {
  readonly zipCode: number
}

export const towns: readonly Town[] = [
  { zipCode: 1999, nl: 'Voorbeeldstad', fr: 'Villeexemple' },
  { zipCode: 2999, nl: 'Proefdorp', fr: 'Bourg-Essai' },
  { zipCode: 3999, nl: 'Testgem', fr: 'Testamont' },
  { zipCode: 4999, nl: 'Stalenberg', fr: 'Échantillon-sur-Rien' },
  { zipCode: 5999, nl: 'Denkbeeldig', fr: 'Imaginaire' },
  { zipCode: 6999, nl: 'Verzonnen', fr: "L'Invention" },
  { zipCode: 7999, nl: 'Schijnbeek', fr: 'Semblance' },
  { zipCode: 8999, nl: 'Modelhaven', fr: 'Port-Modèle' },
]

export const streets: readonly Bilingual[] = [
  { nl: 'Voorbeeldstraat', fr: 'Rue Exemple' },
  { nl: 'Proeflaan', fr: "Avenue de l'Essai" },
  { nl: 'Testplein', fr: 'Place du Test' },
  { nl: 'Modelweg', fr: 'Chemin du Modèle' },
  { nl: 'Stalenlei', fr: "Boulevard de l'Échantillon" },
  { nl: 'Schijnsteeg', fr: 'Ruelle du Semblant' },
]

/** Given names, and names of families that nobody has. */
export const givenNames = {
  F: ['Anna', 'Chloé', 'Emma', 'Fatima', 'Inès', 'Julie', 'Lotte', 'Marie', 'Noor', 'Zoë'],
  M: ['Adam', 'Bram', 'Elias', 'François', 'Jules', 'Karim', 'Lucas', 'Milan', 'Théo', 'Wout'],
} as const

export const surnames = [
  'Voorbeeld',
  'Voorbeelds',
  'Van Voorbeeld',
  'Exemplier',
  'Lexemple',
  'De Proef',
  'Proefmans',
  'Testaerts',
  'Dutest',
  "D'Essai",
  'Stalens',
  'Léchantillon',
  'Modelmans',
  'Dumodèle',
  'Schijnaert',
  'Fictief-Lefictif',
] as const
