import type { ProfessionData } from '../src/technical/actors/index.js'

/** What the page is made of. */
export interface ProfessionsData {
  persons: Readonly<Record<string, ProfessionData>>
  organisations: Readonly<Record<string, ProfessionData>>
  offers: Readonly<
    Record<
      string,
      {
        readonly title: string
        readonly confirmed: readonly string[]
        readonly inferred: readonly string[]
        readonly source: string
        readonly note?: string
      }
    >
  >
  /** Services that the library has a connector for. */
  connectors: readonly string[]
}

/** The page docs/professions.md for the tables of the professions. */
export function renderProfessionsPage(data: ProfessionsData): string
