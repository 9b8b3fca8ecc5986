/** The programs that the pages and the doc comments show, ready for a compiler. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../', import.meta.url))

/** One block of code as it stands. */
export interface Block {
  /** `docs/sessions.md:8`, file and line of its first line. */
  readonly place: string
  /** What it shows. */
  readonly code: string
  /** Imports of the blocks before it on the same page: a page is read from its top. */
  readonly imports: string
}

export const filesOf = (folder: string, ending: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name).replaceAll('\\', '/'))
    .filter((name) => name.endsWith(ending))
    .sort()

const lineOf = (text: string, offset: number) => text.slice(0, offset).split('\n').length
const importsIn = (code: string) => code.match(/^import [^;]*? from '[^']+'$/gms) ?? []
const specifiersIn = (statement: string) =>
  (/\{([^}]*)\}/.exec(statement)?.[1] ?? '').match(/(?:type )?\b\w+/g) ?? []
const nameOf = (specifier: string) => specifier.replace('type ', '')

/** Imports of before whose names a block does not bring along itself. */
function inherited(before: readonly string[], code: string): string {
  const own = new Set([
    ...importsIn(code).flatMap(specifiersIn).map(nameOf),
    ...[...code.matchAll(/^(?:export )?(?:const|type|function|class) (\w+)/gm)].map(([, name]) => name),
  ])
  return before
    .map((statement) => {
      const needed = specifiersIn(statement).filter((specifier) => {
        const name = nameOf(specifier)
        return !own.has(name) && new RegExp(`\\b${name}\\b`).test(code)
      })
      return needed.length === 0 ? '' : statement.replace(/\{[^}]*\}/, `{ ${needed.join(', ')} }`)
    })
    .join('\n')
}

/** Every `ts` block of a page. */
export function pageBlocks(page: string, given = ''): Block[] {
  const text = readFileSync(join(root, page), 'utf8')
  const before: string[] = [...importsIn(given)]
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map((match) => {
    const code = match[1]!
    const block = {
      place: `${page}:${lineOf(text, match.index) + 1}`,
      code,
      imports: inherited(before, code),
    }
    before.push(...importsIn(code))
    return block
  })
}

/** Every example of the doc comments of a source. */
export function commentBlocks(source: string, given = ''): Block[] {
  const text = readFileSync(join(root, source), 'utf8')
  return [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap((comment) =>
    [...comment[0].matchAll(/```ts\n([\s\S]*?)^ *\* ```/gm)].map((match) => {
      const code = match[1]!.replaceAll(/^ *\* ?/gm, '')
      return {
        place: `${source}:${lineOf(text, comment.index + match.index) + 1}`,
        code,
        imports: inherited(importsIn(given), code),
      }
    }),
  )
}

export const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...filesOf('docs', '.md').filter((name) => !name.startsWith('docs/site/') && name !== 'docs/cookbook.md'),
]
export const sources = filesOf('src', '.ts')
