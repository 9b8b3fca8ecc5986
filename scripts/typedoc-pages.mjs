/**
 * Plugin of TypeDoc: the guides of `docs/` become pages of the site under the titles of their headings, in the groups and
 * the order of docs/README.md; decisions come in theirs, and modules under the names by which they are imported.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Application, Converter, ReflectionKind } from 'typedoc'

const root = fileURLToPath(new URL('../', import.meta.url))
const heading = /^# +(.+)$/m
const { name: packageName, exports } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))

/** Pages by the section of docs/README.md that tells of them, in its order. */
const sections = readFileSync(`${root}docs/README.md`, 'utf8')
  .split(/^## /m)
  .slice(1)
  .map((section) => ({
    title: section.split('\n', 1)[0],
    pages: [...section.matchAll(/\]\(([\w-]+)\.md\)/g)].map(([, name]) => name),
  }))
const told = sections.flatMap(({ pages }) => pages)

/** What is written in an import, by the source file behind it. */
const importNames = new Map(
  Object.entries(exports).flatMap(([subpath, { types } = {}]) =>
    types === undefined
      ? []
      : [[types.replace('./dist/', 'src/').replace('.d.ts', '.ts'), packageName + subpath.slice(1)]],
  ),
)

/** @param {import('typedoc').Application} app */
export function load(app) {
  app.on(Application.EVENT_BOOTSTRAP_END, () => {
    const files = readdirSync(`${root}docs`).filter((name) => name.endsWith('.md'))
    const untold = files
      .map((name) => name.slice(0, -3))
      .filter((name) => name !== 'README' && !told.includes(name))
    if (untold.length > 0) throw new Error(`docs/README.md does not tell of ${untold.join(', ')}`)
    app.options.setValue('projectDocuments', [
      ...told.map((name) => `docs/${name}.md`),
      'docs/decisions/*.md',
    ])
    app.options.setValue('groupOrder', [...sections.map(({ title }) => title), 'Modules', 'Decisions', '*'])
  })
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_context, document) => {
    const text = document.content.map(({ text: part }) => part).join('')
    const title = heading.exec(text)?.[1]
    const name = document.name.split('/').at(-1)
    if (title === undefined) throw new Error(`docs/${document.name}.md has no heading`)
    document.frontmatter['group'] = sections.find(({ pages }) => pages.includes(name))?.title ?? 'Decisions'
    document.name = title.replaceAll('`', '')
  })
  app.converter.on(Converter.EVENT_CREATE_DECLARATION, (context, declaration) => {
    if (!declaration.kindOf(ReflectionKind.Module)) return
    const source = context.getSymbolFromReflection(declaration)?.declarations?.[0]?.getSourceFile().fileName
    const name = source && importNames.get(relative(root, source))
    if (name !== undefined) declaration.name = name
  })
}
