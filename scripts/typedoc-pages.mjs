/**
 * Plugin of TypeDoc: the guides of `docs/` become pages of the site under the titles of their headings, in groups, in the
 * order of docs/README.md's table; decisions in theirs.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { Application, Converter } from 'typedoc'

const heading = /^# +(.+)$/m

/** Names of pages in the order in which docs/README.md tells of them. */
const told = [
  ...readFileSync(new URL('../docs/README.md', import.meta.url), 'utf8').matchAll(/\]\(([\w-]+)\.md\)/g),
].map(([, name]) => name)

/** @param {import('typedoc').Application} app */
export function load(app) {
  app.on(Application.EVENT_BOOTSTRAP_END, () => {
    const files = readdirSync(new URL('../docs/', import.meta.url)).filter((name) => name.endsWith('.md'))
    const untold = files
      .map((name) => name.slice(0, -3))
      .filter((name) => name !== 'README' && !told.includes(name))
    if (untold.length > 0) throw new Error(`docs/README.md does not tell of ${untold.join(', ')}`)
    const guides = told.map((name) => `docs/${name}.md`)
    app.options.setValue('projectDocuments', [...guides, 'docs/decisions/*.md'])
  })
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_context, document) => {
    const text = document.content.map(({ text: part }) => part).join('')
    const title = heading.exec(text)?.[1]
    const decision = /^(\d{4})-/.exec(document.name)
    if (title === undefined) throw new Error(`docs/${document.name}.md has no heading`)
    document.frontmatter['group'] = decision ? 'Decisions' : 'Guides'
    document.name = title.replaceAll('`', '')
  })
}
