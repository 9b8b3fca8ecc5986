/** Writes docs/schemas/ and docs/json-output.md from the types of src/cli/json; `--check` only compares. */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'

import { writeOrCheck } from './generated-page.mjs'
import { renderJsonPage } from './json-doc.mjs'
import { jsonSchemas, schemaFileOf } from './json-schemas.mjs'

const { commandTree } = await import('../dist/cli/program.js')
const folder = new URL('../docs/schemas/', import.meta.url)
const command = 'npm run docs:json'

/** Commands that print JSON when they are asked to. */
function leaves(program, path = []) {
  return program.commands.flatMap((one) => {
    const here = [...path, one.name()]
    if (one.commands.length > 0) return leaves(one, here)
    return one.options.some(({ long }) => long === '--json') ? [here.join(' ')] : []
  })
}

const schemas = jsonSchemas(leaves(await commandTree()))
for (const [name, schema] of Object.entries(schemas))
  writeOrCheck({
    page: `docs/schemas/${schemaFileOf(name)}`,
    command,
    text: `${JSON.stringify(schema, undefined, 2)}\n`,
    remark: schema.title,
  })

const known = new Set(Object.keys(schemas).map(schemaFileOf))
for (const file of readdirSync(folder).filter((name) => !known.has(name)))
  if (!process.argv.includes('--check')) rmSync(new URL(file, folder))
  else {
    console.error(`docs/schemas/${file} belongs to no command: ${command}`)
    process.exitCode = 1
  }

writeOrCheck({
  page: 'docs/json-output.md',
  command,
  text: renderJsonPage(
    schemas,
    Object.fromEntries(Object.keys(schemas).map((name) => [name, exampleOf(name)])),
  ),
  remark: `${Object.keys(schemas).length} documents`,
})

/** A document that the command has printed. */
function exampleOf(name) {
  const file = new URL(`../fixtures/json/${name.replaceAll(' ', '-')}.json`, import.meta.url)
  if (!existsSync(file)) throw new Error(`${name} has no example: put one into fixtures/json`)
  return JSON.parse(readFileSync(file, 'utf8'))
}
