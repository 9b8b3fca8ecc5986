/** A configuration file: JSON, or a module that exports the settings. */
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

import { EHealthError } from '../errors.js'
import { fileFailure, readConfigurationBytes } from './files.js'
import { parseJson } from './json.js'
import { readObject, type Layer } from './layer.js'

const modules = new Set(['.js', '.mjs', '.cjs'])

/**
 * Reads the settings of a file. Names of files in it are relative to its own directory.
 *
 * A module exports them as default, or a function that returns them, also later (`async`). It may get passwords from
 * wherever they are kept: `password` takes a function there, never a text.
 *
 * @throws EHealthError `configuration.invalid` (no such file, another kind of file), `configuration.malformed`
 */
export async function readFileLayer(file: string): Promise<Layer> {
  const absolute = path.resolve(file)
  const extension = path.extname(file).toLowerCase()
  const reading = { directory: path.dirname(absolute), source: file, written: true }
  if (modules.has(extension)) return readObject(await importSettings(absolute, file), reading)
  if (extension !== '.json')
    throw new EHealthError('configuration.invalid', `${file} is no configuration file`, {
      path: 'file',
      hint:
        extension === '.properties'
          ? 'Properties of the official connector go into `properties`; see ehealth doctor --properties.'
          : 'Expected .json, .js, .mjs or .cjs.',
    })
  const bytes = await readConfigurationBytes(file)
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new EHealthError('configuration.malformed', `${file} is not in UTF-8`)
  }
  return readObject(parseJson(text, file), reading)
}

async function importSettings(absolute: string, file: string): Promise<unknown> {
  try {
    await stat(absolute)
  } catch (error) {
    throw new EHealthError('configuration.invalid', `cannot read ${file}: ${fileFailure(error)}`, {
      path: 'file',
    })
  }
  try {
    const exported = ((await import(pathToFileURL(absolute).href)) as { default?: unknown }).default
    if (exported === undefined) throw new Error('no default export')
    return typeof exported === 'function' ? await (exported as () => unknown)() : exported
  } catch (error) {
    throw new EHealthError('configuration.malformed', `${file} does not export settings`, {
      cause: error,
      hint: '`export default { … }`, or a function that returns the settings; `cause` tells more.',
    })
  }
}
