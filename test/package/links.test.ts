import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = new URL('../../', import.meta.url)
const pages = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...['docs', 'fixtures', 'examples'].flatMap((folder) =>
    existsSync(new URL(folder, root))
      ? readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
          .filter((name) => name.endsWith('.md') && !name.startsWith('site'))
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

describe('README.md in the tarball', () => {
  it('leads only to what is packed with it', () => {
    const { files } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { files: string[] }
    const packed = ['README.md', 'LICENSE', ...files.map((name) => name.replace(/\*\.\w+$/, ''))]
    const links = [...readFileSync(new URL('README.md', root), 'utf8').matchAll(/\]\(([^)\s#]+)\)/g)].map(
      ([, link]) => link!,
    )
    expect(links).not.toEqual([])
    expect(
      links.filter(
        (link) => !packed.some((name) => (name.endsWith('/') ? link.startsWith(name) : link === name)),
      ),
    ).toEqual([])
  })
})
