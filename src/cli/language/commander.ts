/** What commander itself words (headings, help of options, its errors) in the language spoken. */
import { Help, type Argument, type Command, type HelpConfiguration, type Option } from 'commander'

import { fill, language, translated, type Texts } from './index.js'

/** Where a line must not be broken, for as long as lines are broken. */
const bound = '\ue000'

/** Sets the help and the errors of a program that has no commands yet: commands take them from it. */
export async function speakCommander(program: Command): Promise<void> {
  if (language() === 'en') return
  const { commanderTexts } = await import('./texts/commander.js')
  program.configureHelp({ ...program.configureHelp(), ...help })
  program.configureOutput({
    outputError: (text, write) => write(errorIn(commanderTexts, text)),
  })
}

const help: HelpConfiguration = {
  styleTitle: translated,
  styleUsage: places,
  styleSubcommandTerm: places,
  commandDescription: (command) => translated(command.description()),
  subcommandDescription: (command) => translated(command.description()),
  argumentDescription: (argument) => described(argument, Help.prototype.argumentDescription(argument)),
  optionDescription: (option) => described(option, Help.prototype.optionDescription(option)),
  boxWrap(text, width) {
    const wrapped = Help.prototype.boxWrap.call(this, text.replaceAll('\u00a0', bound), width)
    return wrapped.replaceAll(bound, '\u00a0')
  },
}

/** `[options]` and `[command]`, which stand for what is told below them. */
function places(term: string): string {
  return term.replaceAll(/\[(options|command)\]/g, (_, word: string) => `[${translated(word)}]`)
}

/** `inEnglish` is the description with choices and default in brackets behind it. */
function described({ description }: Option | Argument, inEnglish: string): string {
  const remarks = inEnglish.slice(description.length)
  const label = /(?<=^ ?\(|, )(?:choices|default): /g
  return translated(description) + remarks.replaceAll(label, (text) => `${translated(text.trimEnd())} `)
}

/** A line `error: …`, and a suggestion on the next. */
function errorIn(texts: Texts, text: string): string {
  const [, message = text, suggestion] = /^(.*?)\n(?:(\(Did you mean [^\n]*\))\n)?$/s.exec(text) ?? []
  return `${[message, suggestion]
    .filter((line) => line !== undefined)
    .map((line) => wordedIn(texts, line))
    .join('\n')}\n`
}

/** A text by the template that it was made from; what a template lets in may be made from another one. */
function wordedIn(texts: Texts, text: string): string {
  for (const template of Object.keys(texts)) {
    const values = patternOf(template).exec(text)?.slice(1)
    if (values !== undefined)
      return fill(
        translated(template),
        values.map((value) => wordedIn(texts, value)),
      )
  }
  return text
}

const patternOf = (template: string): RegExp =>
  new RegExp(`^${template.replaceAll(/[.?()[\]|*+^$\\]/g, '\\$&').replaceAll(/\{\d+\}/g, '(.*)')}$`, 's')
