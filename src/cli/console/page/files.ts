/** Files of the page that the console serves. */

/** One file. */
export interface PageFile {
  readonly contentType: string
  readonly body: Uint8Array
}

const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>eHealth simulator</title>
  </head>
  <body>
    <h1>eHealth simulator</h1>
  </body>
</html>
`

/** The files by their name below the token; the page itself has the empty name. */
export async function pageFiles(): Promise<ReadonlyMap<string, PageFile>> {
  return new Map([['', { contentType: 'text/html; charset=utf-8', body: Buffer.from(html) }]])
}
