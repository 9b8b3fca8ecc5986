import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { SaxesParser } from 'saxes'
import { describe, expect, it } from 'vitest'

import { filesOf } from '../docs/blocks.js'
import { markdownFiles, readMarkdown, textOf } from '../docs/markdown.js'

const root = new URL('../../', import.meta.url)

/** Hosts that pages may lead to; nothing here can look whether what they lead to is still there. */
const hosts = ['json-schema.org', 'keepachangelog.com', 'semver.org', 'www.w3.org']

/** The anchors that a forge makes of a page's headings: the second of the same words gets `-1`. */
function anchorsOf(page: string, text = textOf(page)): string[] {
  const seen = new Map<string, number>()
  // code in headings counts with its words, code in blocks is no heading
  const lines = readMarkdown(page, text).prose.split('\n')
  const whole = text.split('\n')
  return lines.flatMap((line, index) => {
    const heading = /^#{1,6} +(.*?)(?: +#+)?$/.exec(/^#{1,6} /.test(line) ? whole[index]! : '')?.[1]
    if (heading === undefined) return []
    const anchor = heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-')
    const times = seen.get(anchor) ?? 0
    seen.set(anchor, times + 1)
    return [times === 0 ? anchor : `${anchor}-${times}`]
  })
}

/** Links, pictures and addresses in running text: inline, by reference, in angle brackets, bare. */
function linksIn(prose: string): { target: string; alt: string | undefined }[] {
  const inline = [
    ...prose.matchAll(/(!?)\[((?:[^[\]]|\[[^\]]*\])*)\]\(\s*([^()\s]*(?:\([^)\s]*\)[^()\s]*)*)[^)]*\)/g),
  ]
  const others = [
    ...prose.matchAll(/(?<=^\[[^\]]+\]: *|<)[a-z]+:[^\s>]+|(?<![(<"\w])https?:\/\/[^\s)>\]]+/gm),
  ]
  return [
    ...inline.map(([, mark, alt, target]) => ({
      target: target!,
      alt: mark === '!' ? alt!.trim() : undefined,
    })),
    ...others.map(([target]) => ({ target, alt: undefined })),
  ]
}

const headings = new Map<string, string[]>()

/** The anchors of a page that links lead to, which are many. */
function anchorsIn(file: string): string[] {
  if (!file.endsWith('.md') || !statSync(file).isFile()) return []
  if (!headings.has(file)) headings.set(file, anchorsOf(file, readFileSync(file, 'utf8')))
  return headings.get(file)!
}

function complaintAbout(page: string, link: string): string | undefined {
  if (/^[a-z]+:/.test(link)) {
    const { protocol, host } = new URL(link)
    return protocol === 'https:' && hosts.includes(host) ? undefined : `${link}: not one of the hosts`
  }
  const target = new URL(link, new URL(page, root))
  const anchor = decodeURIComponent(target.hash.slice(1))
  target.hash = ''
  const file = fileURLToPath(target)
  if (!existsSync(file)) return `${link}: there is no such file`
  if (anchor === '') return undefined
  return anchorsIn(file).includes(anchor) ? undefined : `${link}: there is no such heading`
}

const pages = markdownFiles.map((page) => ({ page, links: linksIn(readMarkdown(page).prose) }))

describe('the pages of the repository', () => {
  it('are found, with their links', () => {
    expect(markdownFiles).toEqual(expect.arrayContaining(['README.md', 'docs/errors.md', 'docs/README.md']))
    expect(pages.flatMap(({ links }) => links).length).toBeGreaterThan(250)
  })

  it.each(pages)('$page leads to pages and headings that exist', ({ page, links }) => {
    expect(links.map(({ target }) => complaintAbout(page, target)).filter(Boolean)).toEqual([])
  })

  it('show pictures with a text instead of them, and every picture that there is', () => {
    const pictures = pages.flatMap(({ page, links }) =>
      links.filter(({ alt }) => alt !== undefined).map((link) => ({ page, ...link })),
    )
    expect(pictures.filter(({ alt }) => alt!.length < 10)).toEqual([])
    const shown = pictures.map(({ page, target }) => fileURLToPath(new URL(target, new URL(page, root))))
    const there = readdirSync(new URL('docs/pictures/', root)).map((name) =>
      fileURLToPath(new URL(`docs/pictures/${name}`, root)),
    )
    expect(there.filter((picture) => !shown.includes(picture))).toEqual([])
  })

  it.each(readdirSync(new URL('docs/pictures/', root)))(
    'show docs/pictures/%s, which is a picture',
    (name) => {
      const octets = readFileSync(new URL(`docs/pictures/${name}`, root))
      if (name.endsWith('.png')) {
        // signature, then the first chunk, of thirteen octets: width and height (PNG, 5.2 and 11.2.2)
        expect(octets.subarray(0, 16).toString('latin1')).toBe('\x89PNG\r\n\x1a\n\0\0\0\rIHDR')
        expect(octets.subarray(-8, -4).toString('latin1')).toBe('IEND')
        expect(octets.readUInt32BE(16)).toBeGreaterThan(600)
        return
      }
      const parser = new SaxesParser({ xmlns: true })
      const elements: string[] = []
      parser.on('opentag', ({ local }) => elements.push(local))
      parser.on('error', (error) => {
        throw error
      })
      parser.write(octets.toString()).close()
      expect(elements[0]).toBe('svg')
      expect(elements).toContain('title')
    },
  )

  it('lead only to hosts that are named here, and those are all needed', () => {
    const used = pages.flatMap(({ links }) => links.map(({ target }) => target)).join('\n')
    expect(hosts.filter((host) => !used.includes(`https://${host}/`))).toEqual([])
  })
})

describe('a link that leads nowhere', () => {
  it.each([
    ['[a](docs/nothing.md)', /no such file/],
    ['[a](docs/cli.md#nothing)', /no such heading/],
    ['[a](#nothing)', /no such heading/],
    ['[a](docs/cli.md#a-comment "with a title")', /no such heading/],
    ['![a picture of it](docs/pictures/nothing.svg)', /no such file/],
    ['[a [b]](LICENSE#top)', /no such heading/],
    ['[a](http://www.w3.org/)', /hosts/],
    ['<https://example.org>', /hosts/],
    ['see https://example.org/a.', /hosts/],
    ['[a][b]\n\n[b]: https://example.org', /hosts/],
  ])('is noticed: %s', (text, complaint) => {
    expect(linksIn(text).map(({ target }) => complaintAbout('README.md', target))).toEqual([
      expect.stringMatching(complaint),
    ])
  })

  it('is none that stands in code, and a comment of a script is no heading', () => {
    const text =
      '# A `b` c\n\n`[a](nothing.md)`\n\n```sh\n# no heading\n```\n\n## A b c\n\n## Größe & [Maß](x.md)\n'
    expect(linksIn(readMarkdown('page.md', text).prose).map(({ target }) => target)).toEqual(['x.md'])
    expect(anchorsOf('page.md', text)).toEqual(['a-b-c', 'a-b-c-1', 'größe--maß'])
  })
})

describe('sources', () => {
  const named = [...filesOf('src', '.ts'), ...filesOf('examples', '.ts')].flatMap((file) =>
    [...textOf(file).matchAll(/\bdocs\/(?:[\w-]+\/)*[\w-]+\.md(?:#[\w-]+)?/g)].map(([link]) => [link, file]),
  )

  it('name pages', () => expect(named.length).toBeGreaterThan(10))

  it.each(named)('name pages that exist: %s (%s)', (link) => {
    expect(complaintAbout('README.md', link)).toBeUndefined()
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
