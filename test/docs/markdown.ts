/** What stands in a page: its fenced blocks, its inline code, and the rest. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { filesOf, root } from './blocks.js'

/** A fenced block. */
export interface Fence {
  /** `docs/cli.md:31`, the line of its first line of content. */
  readonly place: string
  /** What stands behind the fence: `sh`. */
  readonly info: string
  readonly text: string
  /** Blanks before the fence. */
  readonly indent: number
}

/** Code between backticks in running text. */
export interface InlineCode {
  readonly place: string
  readonly text: string
}

export interface Markdown {
  readonly fences: readonly Fence[]
  readonly inline: readonly InlineCode[]
  /** The page without code, line by line where it was. */
  readonly prose: string
}

/** Every page of the repository, by its path. */
export const markdownFiles: readonly string[] = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...['docs', 'fixtures', 'examples', 'conformance', 'bench'].flatMap((folder) => filesOf(folder, '.md')),
].filter((name) => !name.startsWith('docs/site/') && !name.includes('node_modules/'))

export const textOf = (page: string): string => readFileSync(join(root, page), 'utf8')

/** @throws Error for a fence that does not end */
export function readMarkdown(page: string, text = textOf(page)): Markdown {
  const fences: Fence[] = []
  const prose: string[] = []
  let open: { mark: string; info: string; indent: number; line: number; content: string[] } | undefined
  for (const [index, line] of text.split('\n').entries()) {
    const [, blanks = '', mark = '', info = ''] = /^(\s*)(`{3,}|~{3,})(.*)$/.exec(line) ?? []
    if (open !== undefined && mark.startsWith(open.mark) && info.trim() === '') {
      fences.push({
        place: `${page}:${open.line + 1}`,
        info: open.info,
        text: open.content.map((one) => `${one}\n`).join(''),
        indent: open.indent,
      })
      open = undefined
    } else if (open !== undefined) open.content.push(line.slice(open.indent))
    else if (mark !== '')
      open = { mark, info: info.trim(), indent: blanks.length, line: index + 1, content: [] }
    else {
      prose.push(line)
      continue
    }
    prose.push('')
  }
  if (open !== undefined) throw new Error(`${page}:${open.line}: the block does not end`)
  const rest = prose.join('\n')
  const inline = [...rest.matchAll(/(?<!`)(`+)(?!`)([^]*?[^`])\1(?!`)/g)].map(({ index, 2: code }) => ({
    place: `${page}:${rest.slice(0, index).split('\n').length}`,
    text: code!.replaceAll(/\s+/g, ' ').trim(),
  }))
  return {
    fences,
    inline,
    prose: rest.replaceAll(/(?<!`)(`+)(?!`)([^]*?[^`])\1(?!`)/g, (code) => code.replaceAll(/[^\n]/g, ' ')),
  }
}
