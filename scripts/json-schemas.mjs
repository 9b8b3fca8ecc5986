/** JSON Schemas of what the command prints, from the types in src/cli/json as the TypeScript compiler resolves them. */
import { fileURLToPath } from 'node:url'

import ts from 'typescript'

const root = fileURLToPath(new URL('..', import.meta.url))

/** `ehbox absence list` prints an `EhboxAbsenceList`. */
export const typeNameOf = (command) =>
  command.replace(/(?:^|[ -])([a-z])/g, (_, letter) => letter.toUpperCase())

/** `ehbox absence list` has `ehbox-absence-list.schema.json`. */
export const schemaFileOf = (command) => `${command.replaceAll(' ', '-')}.schema.json`

/** The schema of the document of each command, and that of failures as `error`. */
export function jsonSchemas(commands) {
  const reader = readTypes()
  return Object.fromEntries(
    ['error', ...commands].map((command) => {
      const name = command === 'error' ? 'ErrorDocument' : typeNameOf(command)
      const { description, schema, definitions } = reader.documentOf(name)
      return [
        command,
        {
          $schema: 'https://json-schema.org/draft/2020-12/schema',
          $id: `urn:ehealth-connectors:json:${command.replaceAll(' ', '-')}`,
          title: command === 'error' ? 'ehealth: failure' : `ehealth ${command} --json`,
          description,
          ...schema,
          ...(Object.keys(definitions).length === 0 ? {} : { $defs: definitions }),
        },
      ]
    }),
  )
}

function readTypes() {
  const entry = `${root}src/cli/json/index.ts`
  const { config } = ts.readConfigFile(`${root}tsconfig.build.json`, (file) => ts.sys.readFile(file))
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
  const program = ts.createProgram([entry], options)
  const checker = program.getTypeChecker()
  const exported = new Map(
    checker
      .getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(entry)))
      .map((symbol) => [symbol.name, checker.getAliasedSymbol(symbol)]),
  )
  return {
    documentOf: (name) => {
      const symbol = exported.get(name)
      if (symbol === undefined) throw new Error(`src/cli/json/index.ts exports no ${name}`)
      const definitions = new Definitions()
      const type = checker.getDeclaredTypeOfSymbol(symbol)
      const schema = new SchemaOf(checker, definitions).inline(type, name)
      return { description: wordsOf(symbol, checker), schema, definitions: definitions.sorted() }
    },
  }
}

/** Named types, each described once; of two with one name the second gets a number. */
class Definitions {
  #names = new Map()
  #schemas = {}

  referTo(type, name, describe) {
    let given = this.#names.get(type)
    if (given === undefined) {
      const taken = new Set(this.#names.values())
      given = name
      for (let number = 2; taken.has(given); number += 1) given = `${name}${number}`
      // named before it is described: it may refer to itself
      this.#names.set(type, given)
      this.#schemas[given] = describe()
    }
    return { $ref: `#/$defs/${given}` }
  }

  sorted() {
    return Object.fromEntries(Object.entries(this.#schemas).sort(([one], [other]) => (one < other ? -1 : 1)))
  }
}

/** What cannot be in JSON, or is not what `JSON.stringify` makes of it. */
const unprintable = new Set(['Uint8Array', 'Buffer', 'Map', 'Set', 'ReadonlyMap', 'ReadonlySet', 'Promise'])

class SchemaOf {
  constructor(checker, definitions) {
    this.checker = checker
    this.definitions = definitions
  }

  /** A reference to a named type, or the schema itself. */
  of(type, path) {
    const name = type.aliasTypeArguments === undefined ? this.#nameOf(type) : undefined
    if (name === undefined) return this.inline(type, path)
    return this.definitions.referTo(type, name, () => {
      const words = wordsOf(type.aliasSymbol ?? type.symbol, this.checker)
      return { ...(words === '' ? {} : { description: words }), ...this.inline(type, name) }
    })
  }

  inline(type, path) {
    const { flags } = type
    if (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return {}
    if (flags & ts.TypeFlags.Null) return { type: 'null' }
    if (flags & ts.TypeFlags.StringLiteral) return { const: type.value }
    if (flags & ts.TypeFlags.NumberLiteral) return { const: type.value }
    if (flags & ts.TypeFlags.BooleanLiteral) return { const: this.checker.typeToString(type) === 'true' }
    if (flags & (ts.TypeFlags.String | ts.TypeFlags.TemplateLiteral)) return { type: 'string' }
    if (flags & ts.TypeFlags.Number) return { type: 'number' }
    if (flags & ts.TypeFlags.Boolean) return { type: 'boolean' }
    if (flags & ts.TypeFlags.NonPrimitive) return { type: 'object' }
    if (type.isUnion()) return this.#union(type, path)
    if (type.isIntersection() && !isMerged(type)) return this.inline(type.types.find(isPrimitive), path)
    if (flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) return this.#object(type, path)
    throw new Error(`${path}: ${this.checker.typeToString(type)} is nothing that JSON has`)
  }

  #union(type, path) {
    const parts = type.types.filter((part) => !(part.flags & ts.TypeFlags.Undefined))
    const literal = (part) => part.flags & (ts.TypeFlags.StringLiteral | ts.TypeFlags.NumberLiteral)
    const literals = parts.filter(literal).map(({ value }) => value)
    const booleans = parts.filter((part) => part.flags & ts.TypeFlags.BooleanLiteral)
    const others = parts
      .filter((part) => !literal(part) && (booleans.length < 2 || !booleans.includes(part)))
      .map((part) => this.of(part, path))
    if (booleans.length === 2) others.push({ type: 'boolean' })
    if (literals.length > 0 && !others.some((other) => other.type === 'string' && !('format' in other)))
      others.unshift(literalsSchema(literals))
    const different = [...new Map(others.map((other) => [JSON.stringify(other), other])).values()]
    if (different.length === 1) return different[0]
    const plain = different.every((one) => Object.keys(one).length === 1 && typeof one.type === 'string')
    return plain ? { type: different.map((one) => one.type) } : { anyOf: different }
  }

  #object(type, path) {
    const { checker } = this
    const name = type.symbol?.name
    if (name === 'Date') return { type: 'string', format: 'date-time' }
    if (type.getCallSignatures().length > 0 || unprintable.has(name) || type.getProperty('toJSON'))
      throw new Error(`${path}: ${checker.typeToString(type)} is not printed as it is`)
    if (checker.isTupleType(type)) {
      const prefixItems = checker.getTypeArguments(type).map((item) => this.of(item, path))
      return { type: 'array', prefixItems, items: false, minItems: prefixItems.length }
    }
    if (checker.isArrayType(type))
      return { type: 'array', items: this.of(checker.getTypeArguments(type)[0], `${path}[]`) }
    const properties = {}
    const required = []
    for (const property of checker.getPropertiesOfType(type)) {
      const { schema, optional } = this.#property(property, `${path}.${property.name}`)
      if (schema === undefined) continue
      properties[property.name] = schema
      if (!optional) required.push(property.name)
    }
    const index = checker.getIndexInfoOfType(type, ts.IndexKind.String)
    return {
      type: 'object',
      ...(Object.keys(properties).length === 0 ? {} : { properties }),
      ...(required.length === 0 ? {} : { required }),
      additionalProperties: index === undefined ? false : this.of(index.type, `${path}[]`),
    }
  }

  #property(property, path) {
    const type = this.checker.getTypeOfSymbol(property)
    const never = (part) => part.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Never)
    if (type.isUnion() ? type.types.every(never) : never(type)) return {}
    const optional =
      (property.flags & ts.SymbolFlags.Optional) !== 0 ||
      (type.flags & ts.TypeFlags.Unknown) !== 0 ||
      (type.isUnion() && type.types.some((part) => part.flags & ts.TypeFlags.Undefined))
    // an alias of a union is lost when `undefined` joins it
    const shown =
      optional && !(type.flags & ts.TypeFlags.Unknown) ? this.checker.getNonNullableType(type) : type
    const nullable = type.isUnion() && type.types.some((part) => part.flags & ts.TypeFlags.Null)
    const schema = this.of(nullable ? type : shown, path)
    const description = wordsOf(property, this.checker)
    return { schema: description === '' ? schema : { description, ...schema }, optional }
  }

  /** Interfaces and aliases of objects; what is only a list of words, or generic, stands where it is used. */
  #nameOf(type) {
    const parts = type.isUnion() ? type.types : [type]
    const isObject = parts.some((part) => part.flags & ts.TypeFlags.Object || isMerged(part))
    if (!isObject || this.checker.isArrayType(type) || this.checker.isTupleType(type)) return undefined
    if (type.aliasSymbol !== undefined) return type.aliasSymbol.name
    const own = type.symbol
    if (own === undefined || !(own.flags & ts.SymbolFlags.Interface) || own.name === 'Date') return undefined
    const generic =
      type.objectFlags & ts.ObjectFlags.Reference && this.checker.getTypeArguments(type).length > 0
    return generic || unprintable.has(own.name) ? undefined : own.name
  }
}

const isPrimitive = (type) => (type.flags & (ts.TypeFlags.String | ts.TypeFlags.Number)) !== 0

/** An intersection of objects, and no text with a mark. */
const isMerged = (type) => type.isIntersection() && !type.types.some(isPrimitive)

/** Codes and names of services grow with the library: a program must not stumble over a new one. */
function literalsSchema(literals) {
  const codes = literals.filter((value) => /^[a-z\d-]+\.[a-z\d.-]+$/.test(String(value)))
  if (codes.length > 3 || literals.length > 40) return { type: 'string' }
  return literals.length === 1 ? { const: literals[0] } : { enum: [...literals].sort() }
}

/** The doc comment in one line, without its references to the specification. */
function wordsOf(symbol, checker) {
  return ts
    .displayPartsToString(symbol.getDocumentationComment(checker))
    .split('\n\n')[0]
    .replace(/\{@link ([^}]+)\}/g, '`$1`')
    .replace(/ ?\((?:spec|§)[^)]*\)/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}
