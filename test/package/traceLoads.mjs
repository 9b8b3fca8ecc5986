// Module hooks: write the URL of every module that is loaded to standard output, one per line.
import { writeSync } from 'node:fs'

export async function load(url, context, nextLoad) {
  writeSync(1, `${url}\n`)
  return nextLoad(url, context)
}
