/** Every block of the pages is held against whatever judges its language; a language that nobody judges is refused. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { SaxesParser } from 'saxes'
import ts from 'typescript'
import { afterAll, describe, expect, it } from 'vitest'

import { judgeProperties, readConfiguration } from '../../src/configuration/index.js'
import { createFaults, type FaultPlan } from '../../src/simulator/faults.js'
import { problemsOf } from '../cli/jsonSchemas.js'
import { commentBlocks, filesOf, pageBlocks, pages } from './blocks.js'
import { markdownFiles, readMarkdown, textOf } from './markdown.js'

const directory = mkdtempSync(join(tmpdir(), 'ehealth-'))
afterAll(() => rmSync(directory, { recursive: true }))

const fences = markdownFiles.flatMap((page) => readMarkdown(page).fences)

/** The schema of a document that docs/json-output.md shows, by the heading above it. */
function schemaAbove(place: string): string {
  const [page = '', line] = place.split(':')
  const headings = textOf(page)
    .split('\n')
    .slice(0, Number(line))
    .filter((one) => one.startsWith('## '))
  const [, command] = /^## `ehealth (.*)`$/.exec(headings.at(-1)!) ?? []
  return command === undefined ? 'error' : command.replaceAll(' ', '-')
}

function judgeTypeScriptSettings(settings: object): void {
  const { errors } = ts.parseJsonConfigFileContent(settings, ts.sys, directory, undefined, 'tsconfig.json')
  // there are no programs beside it
  const complaints = errors.filter(({ code }) => code !== 18003).map(({ messageText }) => messageText)
  if (complaints.length > 0) throw new Error(JSON.stringify(complaints))
}

/** JSON that is none of these must be told apart here before a page may show it. */
async function judgeJson(text: string, place: string): Promise<void> {
  const value = JSON.parse(text) as object
  if (place.startsWith('docs/json-output.md:')) {
    const problems = problemsOf(schemaAbove(place), value)
    if (problems.length > 0) throw new Error(problems.join('\n'))
  } else if (Array.isArray(value)) createFaults(value as FaultPlan[])
  else if ('compilerOptions' in value) judgeTypeScriptSettings(value)
  else {
    const file = join(directory, 'ehealth.json')
    writeFileSync(file, text)
    const { warnings } = await readConfiguration({ file })
    if (warnings.length > 0) throw new Error(warnings.join('\n'))
  }
}

function judgeXml(text: string): void {
  const parser = new SaxesParser({ xmlns: true })
  parser.on('error', (error) => {
    throw error
  })
  parser.write(text).close()
}

function judgePropertiesText(text: string): void {
  const { findings, warnings } = judgeProperties(Buffer.from(text, 'latin1'))
  const strange = findings.filter(({ verdict }) => verdict === 'unknown').map(({ name }) => name)
  if (strange.length + warnings.length > 0) throw new Error([...strange, ...warnings].join('\n'))
}

/** What the compiler of `test/docs/examples.test.ts` and the runs of `test/docs/commands.test.ts` judge is theirs. */
const judges: Readonly<Record<string, (text: string, place: string) => void | Promise<void>>> = {
  json: judgeJson,
  xml: judgeXml,
  properties: judgePropertiesText,
  js: judgeModule,
  mjs: judgeModule,
}
const elsewhere = ['ts', 'sh', 'text']

async function judgeModule(text: string): Promise<void> {
  const file = join(directory, 'block.mjs')
  writeFileSync(file, text)
  await promisify(execFile)(process.execPath, ['--check', file])
}

describe('blocks of the pages', () => {
  it('are found', () => {
    expect(fences.length).toBeGreaterThan(200)
    expect(fences.map(({ info }) => info)).toEqual(expect.arrayContaining(['json', 'sh', 'text', 'ts']))
  })

  it('are written in languages that somebody judges', () => {
    const strange = fences.filter(({ info }) => ![...Object.keys(judges), ...elsewhere].includes(info))
    expect(strange.map(({ place, info }) => `${place} ${info}`)).toEqual([])
  })

  it('begin at the start of a line and are not empty', () => {
    expect(fences.filter(({ indent }) => indent > 0).map(({ place }) => place)).toEqual([])
    expect(fences.filter(({ text }) => text.trim() === '').map(({ place }) => place)).toEqual([])
  })

  it('escape the compiler nowhere, but for the cookbook, whose programs run', () => {
    const compiled = pages.flatMap((page) => pageBlocks(page).map(({ place }) => place))
    const shown = fences.filter(({ info }) => info === 'ts').map(({ place }) => place)
    expect(shown.length).toBeGreaterThan(100)
    expect(
      shown.filter((place) => !compiled.includes(place) && !place.startsWith('docs/cookbook.md')),
    ).toEqual([])
  })

  it('are TypeScript in comments of sources, all of it compiled', () => {
    for (const source of filesOf('src', '.ts')) {
      const marks = [...textOf(source).matchAll(/^ *\* *(`{3,}|~{3,})(.*)$/gm)].map(([, , info]) =>
        info!.trim(),
      )
      expect(
        marks.filter((info) => !['', 'ts'].includes(info)),
        source,
      ).toEqual([])
      expect(commentBlocks(source), source).toHaveLength(marks.filter((info) => info === 'ts').length)
    }
  })

  it.each(
    fences
      .filter(({ info }) => Object.hasOwn(judges, info))
      .map((fence) => [fence.place, fence.info, fence.text]),
  )('%s is sound %s', async (place, info, text) => {
    await judges[info]!(text, place)
  })
})

describe('a block that is not sound', () => {
  it.each([
    ['json', '{ "environment": "acceptance" }', '{ "environment": "acceptance", }'],
    ['json', '{ "environment": "acceptance" }', '{ "enviroment": "acceptance" }'],
    ['json', '[{ "service": "sts", "kind": "drop" }]', '[{ "service": "sts", "kind": "drip" }]'],
    ['json', '{ "compilerOptions": { "target": "es2022" } }', '{ "compilerOptions": { "taget": "es2022" } }'],
    ['xml', '<a xmlns:b="urn:b"><b:c/></a>', '<a><b:c/></a>'],
    ['properties', 'environment=acc', 'environnement=acc'],
    ['js', 'export default { environment: "acceptance" }', 'export default { environment: }'],
    ['mjs', 'await 1', 'await await'],
  ])('of %s is refused: %s', async (info, sound, unsound) => {
    await judges[info]!(sound, 'page.md:1')
    await expect((async () => await judges[info]!(unsound, 'page.md:1'))()).rejects.toThrow()
  })

  it('is a document that a command would not print', async () => {
    const { place, text } = fences.find(
      ({ text: one, place: at }) => at.startsWith('docs/json-output.md:') && one.includes('"publicationId"'),
    )!
    expect(schemaAbove(place)).toMatch(/^ehbox-/)
    await judgeJson(text, place)
    await expect(judgeJson(text.replace('"publicationId"', '"publication"'), place)).rejects.toThrow()
  })

  it('is one that does not end', () => {
    expect(() => readMarkdown('page.md', '# A\n\n```sh\nls\n')).toThrow('page.md:3')
  })

  it('may hide in a list, behind other marks or under another name', () => {
    const { fences: found, prose } = readMarkdown(
      'page.md',
      '- a\n\n  ```typescript\n  one\n  ```\n\n~~~~tsx\n```\ntwo\n~~~~\n\nlast `a\nb` line\n',
    )
    expect(found).toEqual([
      { place: 'page.md:4', info: 'typescript', text: 'one\n', indent: 2 },
      { place: 'page.md:8', info: 'tsx', text: '```\ntwo\n', indent: 0 },
    ])
    expect(prose.split('\n')).toHaveLength(14)
    expect(prose).toContain('last')
    expect(prose).not.toContain('a\nb')
  })
})
