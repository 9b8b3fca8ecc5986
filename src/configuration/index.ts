/**
 * Configuration of a connection: settings from a file, from environment variables and from the program, merged and
 * checked; and the `.properties` files of the official connector. See docs/configuration.md.
 *
 * @module
 */
export { loadConfiguration, type LoadOptions } from './load.js'
export { readConfiguration, type Configuration, type ConfigurationSources } from './read.js'
export { Secret, type PasswordInput } from './secret.js'
export {
  settingsTable,
  type Duration,
  type KeystoreSettings,
  type NationalRegisterSettings,
  type SettingData,
  type SettingKind,
  type Settings,
  type SettingsInput,
  type TrustRole,
} from './settings.js'
export type { Variables } from './variables.js'
export type { OfficialProperty, Translation, Verdict } from './properties/description.js'
export { parseProperties, readProperties, type PropertiesFile, type Property } from './properties/parse.js'
export {
  judgeProperties,
  settingsOf,
  type PropertiesOptions,
  type PropertiesReport,
  type PropertyFinding,
  type TranslatedSetting,
} from './properties/report.js'
export { officialProperties } from './properties/table.js'
