/** Bundles a program that imports this package, as a vendor's build would. */
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** What is loaded at the start, and what only when it is first needed (`import()`). */
export interface Bundle {
  code: string
  later: string
  /** Our own files that were kept for the start, relative to `dist/`. */
  files: string[]
  /** Packages of which something was kept for the start. */
  packages: string[]
}

/** Needs the build in `dist/`. */
export async function bundle(program: string, options: { minify?: boolean } = {}): Promise<Bundle> {
  const entry = path.join(root, 'entry-of-a-vendor.mjs')
  const build = await rolldown({
    input: entry,
    platform: 'node',
    external: [/^node:/],
    logLevel: 'silent',
    plugins: [
      {
        name: 'the program',
        resolveId: (id) => (id === entry ? entry : undefined),
        load: (id) => (id === entry ? program : undefined),
      },
    ],
  })
  const { output } = await build.generate({ format: 'esm', minify: options.minify ?? false })
  await build.close()
  const chunks = new Map(
    output.flatMap((chunk) => (chunk.type === 'chunk' ? [[chunk.fileName, chunk] as const] : [])),
  )
  const first = [...chunks.values()].filter((chunk) => chunk.isEntry).map((chunk) => chunk.fileName)
  // a set grows while it is walked: whatever the first chunk imports, and what that imports
  const atStart = new Set(first)
  for (const name of atStart) for (const imported of chunks.get(name)?.imports ?? []) atStart.add(imported)
  const [start, later] = [
    [...chunks.values()].filter(({ fileName }) => atStart.has(fileName)),
    [...chunks.values()].filter(({ fileName }) => !atStart.has(fileName)),
  ]
  const kept = start.flatMap(({ modules }) =>
    Object.entries(modules).filter(([, { renderedLength }]) => renderedLength > 0),
  )
  const paths = kept.map(([id]) => path.relative(root, id).split(path.sep).join('/'))
  return {
    code: start.map(({ code }) => code).join('\n'),
    later: later.map(({ code }) => code).join('\n'),
    files: paths.filter((file) => file.startsWith('dist/')).map((file) => file.slice('dist/'.length)),
    packages: [
      ...new Set(paths.flatMap((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? [])),
    ],
  }
}
