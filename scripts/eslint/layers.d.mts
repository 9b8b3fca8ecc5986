import type { Rule } from 'eslint'

/** What each folder of `src/technical/` may import besides itself and the errors. */
export const technicalFolders: Readonly<Record<string, readonly string[]>>

/** Why the file `from` may not import the file `to` (paths relative to the project root), or undefined. */
export function layerViolation(from: string, to: string): string | undefined

export const layersRule: Rule.RuleModule
