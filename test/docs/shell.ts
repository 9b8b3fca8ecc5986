/** Shell as the pages use it; what they do not use is refused rather than guessed. */

/** One command of a line. */
export interface ShellCommand {
  /** Line of the block that it begins in, from 1. */
  readonly line: number
  /** `NAME=VALUE` before the words. */
  readonly variables: readonly string[]
  readonly words: readonly string[]
  readonly redirections: readonly { readonly operator: string; readonly file: string }[]
  /** Its text, lines joined, without a comment behind it. */
  readonly text: string
}

/** @throws Error for quotes that do not end, substitutions and documents in the text */
export function parseShell(block: string): ShellCommand[] {
  const commands: ShellCommand[] = []
  const source = block.replaceAll(/\\\n\s*/g, (joined) => ' '.repeat(joined.length - 1) + '\u0000')
  let words: { text: string; quoted: boolean }[] = []
  let from: number | undefined
  let to = 0
  const end = () => {
    if (from !== undefined && words.length > 0) commands.push(commandOf(words, source, from, to))
    words = []
    from = undefined
  }
  // a blank, a comment, an operator, or a word of pieces that are quoted or not
  const token =
    /[ \t\u0000]+|#[^\n]*|(\n|;|&&|\|\||\||&(?!>))|(\d?(?:>>|>&?|<(?![<(])))|((?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\;&|<>\u0000])+)/y
  let at = 0
  while (at < source.length) {
    token.lastIndex = at
    const match = token.exec(source)
    if (match === null) throw new Error(`not understood: ${source.slice(at).split('\n')[0]}`)
    const [whole, separator, redirection, word] = match
    if (separator !== undefined) end()
    else if (redirection !== undefined) words.push({ text: redirection, quoted: false })
    else if (word !== undefined) {
      if (/^(?:[^']|'[^']*')*(?:`|\$\()/.test(word)) throw new Error(`not understood: ${word}`)
      from ??= at
      words.push({ text: unquoted(word), quoted: /['"\\]/.test(word) })
    }
    at += whole.length
    if (word !== undefined) to = at
  }
  end()
  return commands
}

const unquoted = (word: string): string =>
  word.replaceAll(
    /'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/g,
    (_, single?: string, double?: string, escaped?: string) =>
      single ?? double?.replaceAll(/\\(["\\$`])/g, '$1') ?? escaped!,
  )

function commandOf(
  tokens: readonly { text: string; quoted: boolean }[],
  source: string,
  from: number,
  to: number,
): ShellCommand {
  const words: string[] = []
  const variables: string[] = []
  const redirections: { operator: string; file: string }[] = []
  for (let index = 0; index < tokens.length; index += 1) {
    const { text, quoted } = tokens[index]!
    if (!quoted && /^\d?[<>]/.test(text)) {
      index += 1
      if (tokens[index] === undefined) throw new Error(`${text} leads nowhere`)
      redirections.push({ operator: text, file: tokens[index]!.text })
    } else if (words.length === 0 && /^[A-Za-z_]\w*=/.test(text)) variables.push(text)
    else words.push(text)
  }
  const line = source.slice(0, from).split(/[\n\u0000]/).length
  const text = source
    .slice(from, to)
    .replaceAll(/[ \u0000]+/g, ' ')
    .trim()
  return { line, variables, words, redirections, text }
}

/** What `npx` runs: from a package of its own name, or from ours. */
export const behindNpx = (words: readonly string[]): readonly string[] =>
  words[0] === '-p' && words[1] === 'ehealth-connectors' ? words.slice(2) : words
