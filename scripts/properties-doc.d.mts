import type { OfficialProperty } from '../src/configuration/properties/description.js'

/** The page docs/official-properties.md for the properties of the official connector. */
export function renderPropertiesPage(properties: readonly OfficialProperty[]): string
