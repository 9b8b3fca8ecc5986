/** Names of invented people: family names that nobody has, and given names that many have. */
import type { Chance } from '../population/chance.js'

const beginnings = ['', '', '', '', 'VAN ', 'DE ', 'VANDEN ', 'LE', 'DU', "D'"] as const
const stems =
  'VOORBEELD EXEMPEL PROEF TEST MODEL STAAL SCHIJN FICTIE SCHETS VERZIN NAMAAK ESSAI MODÈLE SPÉCIMEN ÉCHANTILL MAQUETT ÉBAUCH FACTIC PROTOTYP DENKBEELD'.split(
    ' ',
  )
const endings = ['', 'S', 'MANS', 'AERTS', 'ENS', 'INCKX', 'IER', 'ON', 'EAU', 'ET', 'OIS', 'STRA'] as const

const givenNames = {
  F: 'ANNA CHLOÉ EMMA FATIMA INÈS JULIE LOTTE MARIE NOOR ZOË AMÉLIE BEATRIJS CAMILLE DINA ELISE FLEUR GRETA HANNE IRIS JOKE KATRIEN LÉA MAAIKE NADIA ODETTE PAULINE RACHIDA SOFIE TESSA YASMINE'.split(
    ' ',
  ),
  M: 'ADAM BRAM ELIAS FRANÇOIS JULES KARIM LUCAS MILAN THÉO WOUT ARTHUR BENOÎT CÉDRIC DIRK EMIEL FILIP GILLES HASSAN IVO JORIS KOEN LOUIS MEHDI NATHAN OLIVIER PIETER RUBEN STIJN TIBO YANNICK'.split(
    ' ',
  ),
} as const

/** The smaller of two draws: the first items are common, the last ones rare. */
const commonFirst = <T>(chance: Chance, items: readonly T[]): T =>
  items[Math.min(chance.below(items.length), chance.below(items.length))]!

/** A family name; some hundreds of them, and many people of one name. */
export const inventSurname = (chance: Chance): string =>
  chance.pick(beginnings) + commonFirst(chance, stems) + commonFirst(chance, endings)

/** One to three given names. */
export function inventGivenNames(chance: Chance, gender: 'F' | 'M'): string[] {
  const count = commonFirst(chance, [1, 2, 3])
  const names = new Set<string>()
  while (names.size < count) names.add(chance.pick(givenNames[gender]))
  return [...names]
}
