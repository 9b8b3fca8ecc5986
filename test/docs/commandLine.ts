/** Whether a command that a page shows is one that would be understood. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { CommanderError, type Command } from 'commander'

import { commandTree } from '../../src/cli/program.js'
import { root } from './blocks.js'
import { behindNpx, type ShellCommand } from './shell.js'

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  name: string
  scripts: Record<string, string>
  peerDependencies: Record<string, string>
}

/** Programs of others. */
export const otherPrograms = ['export', 'keytool', 'source'] as const

/** Commands of npm itself, with what may follow. */
const npm: Readonly<Record<string, (words: readonly string[]) => string | undefined>> = {
  ci: nothing,
  sbom: nothing,
  test: nothing,
  install: packages,
  rebuild: packages,
}

function nothing(words: readonly string[]): string | undefined {
  return words.length === 0 ? undefined : `too much: ${words.join(' ')}`
}

function packages(words: readonly string[]): string | undefined {
  const known = [manifest.name, ...Object.keys(manifest.peerDependencies)]
  return words.filter((word) => !known.includes(word)).map((word) => `${word} is no package of ours`)[0]
}

/**
 * Commands whose operand is optional for the parser alone: a list of files before it may have taken it
 * (src/cli/lists.ts), and the command itself demands it.
 */
export const demandOperand: readonly string[] = ['verify', 'etk inspect', 'ehbox read', 'timestamp verify']

/** The programs that were made by the lines before, for `node FILE`. */
export type Made = ReadonlySet<string>

/**
 * What is wrong with a command; nothing when it is right.
 *
 * @param named a command that is spoken of: what it cannot do without may be missing as long as it has no operand
 */
export async function complaintAbout(
  { words: [program = '', ...words] }: Pick<ShellCommand, 'words'>,
  { named = false, made = new Set<string>() }: { named?: boolean; made?: Made } = {},
): Promise<string | undefined> {
  if (program === 'ehealth') return await complaintAboutOurs(words, named)
  if (program === 'npx') {
    const [first, ...more] = behindNpx(words)
    return first === 'ehealth' ? await complaintAboutOurs(more, named) : `npx ${words.join(' ')}?`
  }
  if (program === 'npm') return await complaintAboutNpm(words)
  if (program === 'node') {
    const [file = ''] = words
    return made.has(file) || existsSync(join(root, file)) ? undefined : `there is no ${file}`
  }
  if ((otherPrograms as readonly string[]).includes(program)) return undefined
  return `nobody knows ${program}`
}

async function complaintAboutNpm([what = '', ...words]: readonly string[]): Promise<string | undefined> {
  if (what !== 'run')
    return Object.hasOwn(npm, what) ? npm[what]!(words) : `npm ${what} is not among the known`
  const [name = '', ...more] = words.filter((word) => word !== '--silent')
  const script = Object.hasOwn(manifest.scripts, name) ? manifest.scripts[name]! : undefined
  if (script === undefined) return `there is no script ${name}`
  if (more.length === 0) return undefined
  if (more[0] !== '--') return `${more.join(' ')} stays with npm: -- is missing`
  const ours = /node dist\/cli\/main\.js (.*)$/.exec(script)
  return ours === null
    ? undefined
    : await complaintAboutOurs([...ours[1]!.split(' '), ...more.slice(1)], false)
}

/** The command at the end of a path of words, and how many of them it took. */
export function commandAt(program: Command, words: readonly string[]): { command: Command; depth: number } {
  let command = program
  let depth = 0
  for (const word of words) {
    const below = command.commands.find((one) => one.name() === word)
    if (below === undefined) break
    command = below
    depth += 1
  }
  return { command, depth }
}

function everyCommand(program: Command): Command[] {
  return [program, ...program.commands.flatMap(everyCommand)]
}

/** The commands of the package with nothing behind them. */
export async function idleProgram(): Promise<Command> {
  const program = await commandTree()
  for (const command of everyCommand(program)) {
    command.exitOverride().configureOutput({ writeOut: () => undefined, writeErr: () => undefined })
    if (command.commands.length === 0) command.action(() => undefined)
  }
  return program
}

async function complaintAboutOurs(words: readonly string[], named: boolean): Promise<string | undefined> {
  const program = await idleProgram()
  const { command, depth } = commandAt(program, words)
  const missing = ['commander.missingArgument', 'commander.missingMandatoryOptionValue']
  if (command.commands.length > 0 && words.length === depth && named) return undefined
  try {
    await program.parseAsync([...words], { from: 'user' })
    const lacks = demandOperand.includes(words.slice(0, depth).join(' ')) && command.args.length === 0
    return lacks && !named && !tookOperand(command) ? 'missing operand' : undefined
  } catch (error) {
    if (!(error instanceof CommanderError)) return (error as Error).message
    if (error.exitCode === 0) return undefined
    if (named && command.args.length === 0 && missing.includes(error.code)) return undefined
    return error.message
  }
}

/** Whether a list of the command has a word to spare. */
const tookOperand = (command: Command): boolean =>
  command.options.some((option) => {
    const value: unknown = option.variadic ? command.getOptionValue(option.attributeName()) : undefined
    return Array.isArray(value) && value.length > 1
  })
