/** What the documentation shows compiles as it stands there, against the package as a user gets it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import ts from 'typescript'
import { beforeAll, describe, expect, it } from 'vitest'

import { commentBlocks, pageBlocks, pages, root, sources, type Block } from './blocks.js'
import { houseFunctions, houseImports, standIns } from './standIns.js'

// Names of files that are never written: the compiler is told what is in them.
const folder = join(root, 'test/docs/.blocks')
const standInsFile = join(folder, 'standIns.d.ts')
const fileOf = ({ place }: Block) => join(folder, `${place.replaceAll(/[/:]/g, '_')}.ts`)

const standInsText = [
  ...Object.entries(standIns).map(([name, type]) => `declare const ${name}: ${type}\n`),
  houseFunctions,
].join('')

/** Complaints of the compiler, by the place of the block; lines count from its first. */
function complaintsAbout(blocks: readonly Block[]): Map<string, string[]> {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (file) => ts.sys.readFile(file)) as {
    config: object
  }
  const { options: house } = ts.parseJsonConfigFileContent(config, ts.sys, root)
  const options = { ...house, noUnusedLocals: false, noUnusedParameters: false }
  const texts = new Map([
    [standInsFile, standInsText],
    ...blocks.map((block) => [fileOf(block), `${block.imports}\n${block.code}\nexport {}\n`] as const),
  ])
  const host = ts.createCompilerHost(options)
  const program = ts.createProgram([...texts.keys()], options, {
    ...host,
    fileExists: (name) => texts.has(name) || host.fileExists(name),
    readFile: (name) => texts.get(name) ?? host.readFile(name),
    getSourceFile: (name, version, ...rest) => {
      const text = texts.get(name)
      return text === undefined
        ? host.getSourceFile(name, version, ...rest)
        : ts.createSourceFile(name, text, version)
    },
  })

  const complaints = new Map<string, string[]>()
  for (const [place, name, skipped] of [
    ['the stand-ins', standInsFile, 0] as const,
    ...blocks.map((block) => [block.place, fileOf(block), block.imports.split('\n').length] as const),
  ]) {
    const file = program.getSourceFile(name)
    const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ start = 0, messageText }) =>
        `line ${ts.getLineAndCharacterOfPosition(file!, start).line - skipped + 1}: ` +
        ts.flattenDiagnosticMessageText(messageText, ' '),
    )
    complaints.set(place, found)
  }
  return complaints
}

const shown = [
  ...pages.flatMap((page) => pageBlocks(page, houseImports[page])),
  ...sources.flatMap((source) => commentBlocks(source, houseImports[source])),
]
const untrue: Block = {
  place: 'docs/untrue.md:1',
  imports: "import { connect } from 'ehealth-connectors'",
  code: "connect({ environment: 'acceptance' })\nnobodyKnowsMe()",
}

describe('what the documentation shows', () => {
  let complaints: Map<string, string[]>
  beforeAll(() => {
    complaints = complaintsAbout([...shown, untrue])
  })

  it('is found: programs of pages and of doc comments', () => {
    expect(pages).toEqual(expect.arrayContaining(['README.md', 'docs/ehbox.md', 'docs/sessions.md']))
    const examples = sources.flatMap((source) =>
      [...readFileSync(join(root, source), 'utf8').matchAll(/@example$/gm)].map(() => source),
    )
    const ofComments = shown.filter(({ place }) => place.startsWith('src/'))
    expect(ofComments.map(({ place }) => place.replace(/:\d+$/, ''))).toEqual(examples)
  })

  it('would be refused if it were untrue', () => {
    expect(complaints.get(untrue.place)).toEqual([
      expect.stringMatching(/^line 1: .*'as' is missing/) as string,
      "line 2: Cannot find name 'nobodyKnowsMe'.",
    ])
  })

  it('takes for granted only what there is', () => {
    expect(complaints.get('the stand-ins')).toEqual([])
    const code = shown.map((block) => block.code).join('\n')
    expect(Object.keys(standIns).filter((name) => !new RegExp(`\\b${name}\\b`).test(code))).toEqual([])
  })

  it.each(shown.map(({ place }) => place))('is sound for the compiler: %s', (place) => {
    expect(complaints.get(place)).toEqual([])
  })
})
