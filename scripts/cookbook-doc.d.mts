/** The chapters of the page, each with the examples that belong to it, by the name of the file. */
export const chapters: Readonly<Record<string, readonly string[]>>

/** Renders the programs as the page; throws when one is missing, stands in no chapter, or does not say what it does. */
export function renderCookbook(programs: ReadonlyMap<string, string>): string
