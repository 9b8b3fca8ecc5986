/** Writes a generated page, or with `--check` only compares it and leaves exit code 1 when it is out of date. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

/** `page` is relative to the project root, `command` makes it anew, `remark` says what was written. */
export function writeOrCheck({ page, command, text, remark }) {
  const file = new URL(`../${page}`, import.meta.url)
  if (!process.argv.includes('--check')) {
    writeFileSync(file, text)
    console.log(`${page}: ${remark}`)
  } else if (existsSync(file) && readFileSync(file, 'utf8') === text) {
    console.log(`${page} is up to date`)
  } else {
    console.error(`${page} is out of date: ${command}`)
    process.exitCode = 1
  }
}
