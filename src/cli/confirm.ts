/** Asking a person at the terminal for a decision; nobody else is asked. */
import { createInterface } from 'node:readline/promises'

import { t } from './language/index.js'

/**
 * True when a person types `yes`, the whole word, in English or in the language spoken. Where nobody is looking (no terminal, or `--json`) nothing is asked and
 * nothing is decided.
 */
export async function confirmed(
  question: string,
  json: boolean,
  { input, output }: { input: NodeJS.ReadStream; output: NodeJS.WriteStream } = {
    input: process.stdin,
    output: process.stderr,
  },
): Promise<boolean> {
  if (json || !input.isTTY || !output.isTTY) return false
  const terminal = createInterface({ input, output, terminal: true })
  try {
    const typed = (await terminal.question(t`${question} Type yes: `)).trim().toLowerCase()
    return typed === 'yes' || typed === t`yes`
  } finally {
    terminal.close()
  }
}
