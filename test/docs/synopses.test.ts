/** The headings of docs/cli.md say how a command is typed, and its section names every option of it. */
import type { Command, Option } from 'commander'
import { beforeAll, describe, expect, it } from 'vitest'

import { commandAt, demandOperand, idleProgram } from './commandLine.js'
import { textOf } from './markdown.js'

const page = textOf('docs/cli.md')
const chapters = page.split(/^(?=## )/m)
const [intro = '', ...rest] = chapters[0]!.split(/^(?=### )/m)
const sections = chapters.flatMap((chapter) => {
  const [shared = '', ...parts] = chapter.split(/^(?=### `ehealth )/m)
  return parts.map((text) => ({ synopsis: /^### `([^`]*)`/.exec(text)![1]!, text, shared }))
})
/** What every command has, or all that take a key or judge certificates: told once. */
const general = [intro, ...rest].join('')

/** What a synopsis says: options and operands, each needed or in brackets. */
interface Synopsis {
  options: { flag: string; value: string | undefined; optional: boolean }[]
  operands: { name: string; optional: boolean }[]
}

/** Alternatives (`A|--member N`, `[A | B]`) stand for one another: all of them count as named, none as needed. */
function readSynopsis(words: string): Synopsis {
  const synopsis: Synopsis = { options: [], operands: [] }
  let depth = 0
  let awaiting: Synopsis['options'][number] | undefined
  let alternative = false
  for (const [token] of words.matchAll(/[[\]]|\|(?=--)|(?<= )\|(?= )|(?:(?!\|--)[^\s[\]])+/g)) {
    if (token === '[') depth += 1
    else if (token === ']') depth -= 1
    else if (token === '|') {
      alternative = true
      const before = awaiting ?? synopsis.operands.at(-1)
      if (before !== undefined) before.optional = true
      continue
    } else if (token.startsWith('--')) {
      awaiting = { flag: token, value: undefined, optional: depth > 0 || alternative }
      synopsis.options.push(awaiting)
      continue
    } else if (awaiting !== undefined && awaiting.value === undefined) {
      awaiting.value = token
      continue
    } else synopsis.operands.push({ name: token, optional: depth > 0 || alternative })
    awaiting = undefined
    if (depth === 0) alternative = false
  }
  return synopsis
}

function complaintsAbout(command: Command, words: string): string[] {
  const { options, operands } = readSynopsis(words)
  const known = new Map(command.options.map((option) => [option.long!, option]))
  const complaints: string[] = []
  for (const { flag, value, optional } of options) {
    const option = known.get(flag)
    if (option === undefined) complaints.push(`${flag} is no option`)
    else complaints.push(...complaintsAboutValue(option, value))
    if (option?.mandatory === true && optional) complaints.push(`${flag} is needed`)
  }
  for (const { long, mandatory } of command.options)
    if (mandatory && !options.some(({ flag }) => flag === long)) complaints.push(`${long} is missing`)
  const expected = command.registeredArguments
  if (operands.length !== expected.length)
    complaints.push(`operands: ${expected.map((one) => one.name()).join(' ')}`)
  for (const [index, { name, optional }] of operands.entries()) {
    const argument = expected[index]
    if (argument === undefined) continue
    if (needsOperand(command, argument) === optional)
      complaints.push(`${name} is ${optional ? '' : 'not '}needed`)
    if (argument.variadic !== name.endsWith('…')) complaints.push(`${name}: one or many?`)
  }
  return complaints
}

const needsOperand = (command: Command, { required }: { required: boolean }): boolean =>
  required || demandOperand.includes(`${command.parent?.name()} ${command.name()}`.replace('ehealth ', ''))

function complaintsAboutValue(option: Option, value: string | undefined): string[] {
  const takes = option.required || option.optional
  if (takes !== (value !== undefined)) return [`${option.long} takes ${takes ? 'a' : 'no'} value`]
  if (value !== undefined && option.variadic !== value.endsWith('…'))
    return [`${option.long} ${value}: one or many?`]
  const choices = option.argChoices ?? []
  const named = /^[a-z0-9-]+(\|[a-z0-9-]+)+/.test(value ?? '') ? value!.replace('…', '').split('|') : []
  return named
    .filter((name) => choices.length > 0 && !choices.includes(name) && !/^[A-Z]/.test(name))
    .map((name) => `${option.long} takes no ${name}`)
}

const optionsIn = (text: string): string[] => text.match(/(?<![\w-])--[a-z][\w-]*/g) ?? []

describe('docs/cli.md', () => {
  let program: Command
  beforeAll(async () => {
    program = await idleProgram()
  })

  it('has a section for each command, and one only', () => {
    const paths = (command: Command, path = ''): string[] =>
      command.commands.length === 0
        ? [path]
        : command.commands.flatMap((below) => paths(below, `${path} ${below.name()}`.trim()))
    const told = sections.map(({ synopsis }) => {
      const words = synopsis.split(' ').slice(1)
      return words.slice(0, commandAt(program, words).depth).join(' ')
    })
    expect(told.sort()).toEqual(paths(program).sort())
  })

  it.each(sections)('says how $synopsis is typed', ({ synopsis }) => {
    const words = synopsis.split(' ').slice(1)
    const { command, depth } = commandAt(program, words)
    expect(complaintsAbout(command, words.slice(depth).join(' '))).toEqual([])
  })

  it.each(sections)('names the options of $synopsis where it speaks of it', ({ synopsis, text, shared }) => {
    const { command } = commandAt(program, synopsis.split(' ').slice(1))
    const told = new Set(optionsIn(general + shared + text))
    const options = command.options.filter(({ hidden }) => !hidden).map(({ long }) => long!)
    expect(options.filter((option) => !told.has(option))).toEqual([])
  })

  it.each(sections)('lists in the table of $synopsis what it takes', ({ synopsis, text }) => {
    const { command } = commandAt(program, synopsis.split(' ').slice(1))
    const listed = [...text.matchAll(/^\| (`--.*?`) +\|/gm)].flatMap(([, cell]) => optionsIn(cell!))
    const options = command.options.map(({ long }) => long!)
    expect(listed.filter((option) => !options.includes(option))).toEqual([])
  })
})

describe('a synopsis that is not true', () => {
  it.each([
    ['simulator', '--port N --dir DIR --prot P', ['--prot is no option']],
    ['simulator', '--port N', ['--dir is missing']],
    ['simulator', '--port N [--dir DIR]', ['--dir is needed']],
    ['simulator', '--port N --dir DIR [--personas NAME]', ['--personas NAME: one or many?']],
    ['simulator', '--port N --dir DIR [--http YES]', ['--http takes no value']],
    ['simulator', '--port N --dir', ['--dir takes a value']],
    ['identifier', '', ['operands: number']],
    ['identifier', '[NUMBER]', ['NUMBER is needed']],
    ['identifier', 'NUMBER…', ['NUMBER…: one or many?']],
  ])('%s %s', async (name, words, complaints) => {
    const { command } = commandAt(await idleProgram(), [name])
    expect(complaintsAbout(command, words)).toEqual(complaints)
  })
})
