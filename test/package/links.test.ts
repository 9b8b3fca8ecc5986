import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = new URL('../../', import.meta.url)
const pages = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...['docs', 'fixtures', 'examples'].flatMap((folder) =>
    existsSync(new URL(folder, root))
      ? readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
          .filter((name) => name.endsWith('.md') && !name.startsWith('api'))
          .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
      : [],
  ),
]

/** The anchors that a forge makes of a page's headings. */
const anchors = (text: string) =>
  [...text.matchAll(/^#+ +(.*)$/gm)].map((match) =>
    match[1]!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )

describe('the pages of the repository', () => {
  it('are found', () => {
    expect(pages).toEqual(expect.arrayContaining(['README.md', 'docs/errors.md', 'docs/README.md']))
  })

  it.each(pages)('%s leads to pages and headings that exist', (page) => {
    const text = readFileSync(new URL(page, root), 'utf8')
    const links = [...text.replaceAll(/```[\s\S]*?```/g, '').matchAll(/\]\(([^)\s]+)\)/g)].map(
      (match) => match[1]!,
    )
    const broken = links
      .filter((link) => !/^[a-z]+:/.test(link))
      .filter((link) => {
        const target = new URL(link, new URL(page, root))
        const anchor = decodeURIComponent(target.hash.slice(1))
        target.hash = ''
        if (!existsSync(fileURLToPath(target))) return true
        return anchor !== '' && !anchors(readFileSync(target, 'utf8')).includes(anchor)
      })
    expect(broken).toEqual([])
  })
})
