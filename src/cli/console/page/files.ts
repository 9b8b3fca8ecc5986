/** What the page is made of, to be served as it is. */
import { readdir, readFile } from 'node:fs/promises'

import { css } from './css.js'
import { html } from './html.js'

export interface PageFile {
  contentType: string
  body: Uint8Array
}

/** The page's files by their address below the token: `''` is the page itself; its modules are those of the build. */
export async function pageFiles(): Promise<ReadonlyMap<string, PageFile>> {
  const folder = new URL('../browser/', import.meta.url)
  const modules = (await readdir(folder)).filter((name) => name.endsWith('.js'))
  const bodies = await Promise.all(modules.map((name) => readFile(new URL(name, folder))))
  const text = (contentType: string, content: string): PageFile => ({
    contentType: `${contentType}; charset=utf-8`,
    body: Buffer.from(content),
  })
  return new Map([
    ['', text('text/html', html)],
    ['console.css', text('text/css', css)],
    ...modules.map((name, index): [string, PageFile] => [
      name,
      { contentType: 'text/javascript; charset=utf-8', body: bodies[index]! },
    ]),
  ])
}
