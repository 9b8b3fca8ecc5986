/** libxml2 as the judge of messages. */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

export function hasXmllint(): boolean {
  try {
    execFileSync('xmllint', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Throws with xmllint's own words when the message is not valid. */
export function validate(schema: string, xml: string, workplace: string): void {
  const file = join(workplace, 'message.xml')
  writeFileSync(file, xml)
  execFileSync('xmllint', ['--nonet', '--noout', '--schema', schema, file], { stdio: 'pipe' })
}
