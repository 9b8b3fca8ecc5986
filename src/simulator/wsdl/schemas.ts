/** XML Schema made from message contracts: what a WSDL of the simulator says of its messages. */
import type {
  AttributeDescription,
  ElementDeclaration,
  ElementParticle,
  Particle,
  Type,
} from '../../technical/xml/contract.js'
import type { SimpleType } from '../../technical/xml/simpleTypes.js'
import { element } from './element.js'

/** Schemas of a service, one per namespace. */
export interface WrittenSchemas {
  /** `xsd:schema` elements. */
  readonly schemas: readonly string[]
  /** Prefix of every namespace that is declared, by namespace. */
  readonly prefixes: ReadonlyMap<string, string>
}

/** The `xml:` attributes belong to a schema that nobody sends along. */
const xmlNamespace = 'http://www.w3.org/XML/1998/namespace'

/**
 * Writes the schemas of these messages. Local elements stand where their contract has them; an element or attribute of
 * another namespace is declared there and referred to. Two different types under one such name become `anyType`.
 */
export function writeSchemas(messages: readonly ElementDeclaration<unknown>[]): WrittenSchemas {
  const writer = new SchemaWriter()
  for (const { namespace, local, type } of messages) writer.declareElement(namespace, local, type)
  return { schemas: writer.schemas(), prefixes: writer.prefixes }
}

interface Place {
  /** Namespace of the schema that is being written. */
  namespace: string
  /** Other namespaces that it refers to. */
  imports: Set<string>
}

interface Schema extends Place {
  elements: Map<string, string>
  attributes: Map<string, string>
  types: Map<string, string>
}

/** A class because declarations are found while others are written. */
class SchemaWriter {
  readonly prefixes = new Map<string, string>()
  readonly #schemas = new Map<string, Schema>()
  /** Names of the types that are referred to by name, by namespace. */
  readonly #named = new Map<string, Map<Type<unknown>, string>>()

  prefixOf(namespace: string): string {
    let prefix = this.prefixes.get(namespace)
    if (prefix === undefined) this.prefixes.set(namespace, (prefix = `n${this.prefixes.size}`))
    return prefix
  }

  schemas(): string[] {
    return [...this.#schemas.values()].map(({ namespace, imports, elements, attributes, types }) =>
      element(
        'xsd:schema',
        { targetNamespace: namespace },
        ...[...imports].map((uri) => element('xsd:import', { namespace: uri })),
        ...types.values(),
        ...attributes.values(),
        ...elements.values(),
      ),
    )
  }

  /** A global element; what stands under its name already must be the same. */
  declareElement(namespace: string, local: string, type: Type<unknown>): void {
    const schema = this.#schemaOf(namespace)
    const earlier = schema.elements.get(local)
    // its place is taken before its content is written, which may refer to it
    if (earlier === undefined) schema.elements.set(local, '')
    const written = this.#element({ name: local }, type, schema)
    schema.elements.set(
      local,
      earlier === undefined || earlier === '' || earlier === written
        ? written
        : element('xsd:element', { name: local, type: 'xsd:anyType' }),
    )
  }

  #schemaOf(namespace: string): Schema {
    let schema = this.#schemas.get(namespace)
    if (schema === undefined) {
      this.prefixOf(namespace)
      schema = {
        namespace,
        imports: new Set(),
        elements: new Map(),
        attributes: new Map(),
        types: new Map(),
      }
      this.#schemas.set(namespace, schema)
    }
    return schema
  }

  #element(attributes: Record<string, string>, type: Type<unknown>, place: Schema): string {
    switch (type.kind) {
      case 'lazy':
        return element('xsd:element', { ...attributes, type: this.#nameOf(type.resolve(), place) })
      case 'opaque':
        return element('xsd:element', { ...attributes, type: 'xsd:anyType' })
      case 'simple': {
        const plain = builtIn(type)
        return plain === undefined
          ? element('xsd:element', attributes, simpleType(type))
          : element('xsd:element', { ...attributes, type: plain })
      }
      case 'simpleContent':
        return element('xsd:element', attributes, this.#complexType({}, type, place))
      case 'sequence': {
        // what belongs to another schema is a type there, so that one name may stand for several types
        const home = homeOf(type)
        if (home === undefined || home === place.namespace)
          return element('xsd:element', attributes, this.#complexType({}, type, place))
        place.imports.add(home)
        return element('xsd:element', { ...attributes, type: this.#nameOf(type, this.#schemaOf(home)) })
      }
    }
  }

  #complexType(
    attributes: Record<string, string>,
    type: Type<unknown> & { kind: 'sequence' | 'simpleContent' },
    place: Schema,
  ): string {
    const own = type.attributes.map((attribute) => this.#attribute(attribute, place))
    if (type.kind === 'sequence') {
      const particles = type.particles.map((particle) => this.#particle(particle, place))
      return element('xsd:complexType', attributes, element('xsd:sequence', {}, ...particles), ...own)
    }
    // an extension needs a named base; facets of a text with attributes are left to the service to judge
    const base = `xsd:${type.content.schema?.base ?? 'string'}`
    return element(
      'xsd:complexType',
      attributes,
      element('xsd:simpleContent', {}, element('xsd:extension', { base }, ...own)),
    )
  }

  #particle(particle: Particle, place: Schema): string {
    switch (particle.particle) {
      case 'element':
        return this.#localElement(particle, place)
      case 'group':
        return element(
          'xsd:sequence',
          particle.optional ? { minOccurs: '0' } : {},
          ...particle.particles.map((inner) => this.#particle(inner, place)),
        )
      case 'choice':
        return element(
          'xsd:choice',
          particle.optional ? { minOccurs: '0' } : {},
          ...particle.alternatives.map((inner) => this.#particle(inner, place)),
        )
    }
  }

  #localElement({ namespace, local, type, min, max }: ElementParticle, place: Schema): string {
    const times = {
      ...(min === 1 ? {} : { minOccurs: String(min) }),
      ...(max === 1 ? {} : { maxOccurs: max === Infinity ? 'unbounded' : String(max) }),
    }
    if (namespace === '' || namespace === place.namespace) {
      const form = namespace === '' ? 'unqualified' : 'qualified'
      return this.#element({ name: local, form, ...times }, type, place)
    }
    place.imports.add(namespace)
    this.declareElement(namespace, local, type)
    return element('xsd:element', { ref: `${this.prefixOf(namespace)}:${local}`, ...times })
  }

  #attribute({ namespace, local, type, required }: AttributeDescription, place: Schema): string {
    if (namespace === xmlNamespace) return element('xsd:anyAttribute', { processContents: 'lax' })
    const use: Record<string, string> = required ? { use: 'required' } : {}
    if (namespace === '') return attributeOf({ name: local, ...use }, type)
    const foreign = this.#schemaOf(namespace)
    foreign.attributes.set(local, attributeOf({ name: local }, type))
    if (namespace !== place.namespace) place.imports.add(namespace)
    return element('xsd:attribute', { ref: `${this.prefixOf(namespace)}:${local}`, ...use })
  }

  /** A type that refers to itself, or that another schema refers to, needs a name to be referred to by. */
  #nameOf(type: Type<unknown>, place: Schema): string {
    if (type.kind !== 'sequence' && type.kind !== 'simpleContent') return 'xsd:anyType'
    const names = this.#named.get(place.namespace) ?? new Map<Type<unknown>, string>()
    this.#named.set(place.namespace, names)
    let name = names.get(type)
    if (name === undefined) {
      names.set(type, (name = `Type${names.size + 1}`))
      place.types.set(name, '')
      place.types.set(name, this.#complexType({ name }, type, place))
    }
    return `${this.prefixOf(place.namespace)}:${name}`
  }
}

/** The namespace that all elements of a type stand in; none for elements of several namespaces, or without one. */
function homeOf({ particles }: { particles: readonly Particle[] }): string | undefined {
  const [home, ...others] = new Set(particles.flatMap(namespacesOf))
  return others.length > 0 || home === '' ? undefined : home
}

const namespacesOf = (particle: Particle): string[] =>
  particle.particle === 'element'
    ? [particle.namespace]
    : (particle.particle === 'choice' ? particle.alternatives : particle.particles).flatMap(namespacesOf)

function attributeOf(attributes: Record<string, string>, type: SimpleType<unknown>): string {
  const plain = builtIn(type)
  return plain === undefined
    ? element('xsd:attribute', attributes, simpleType(type))
    : element('xsd:attribute', { ...attributes, type: plain })
}

/** Name of the built-in type, where there are no facets. */
function builtIn({ schema }: SimpleType<unknown>): string | undefined {
  if (schema === undefined) return 'xsd:string'
  return Object.keys(schema).length === 1 ? `xsd:${schema.base}` : undefined
}

function simpleType({ schema }: SimpleType<unknown>): string {
  const { base = 'string', enumeration = [], ...limits } = schema ?? {}
  return element(
    'xsd:simpleType',
    {},
    element(
      'xsd:restriction',
      { base: `xsd:${base}` },
      ...Object.entries(limits).map(([facet, value]) => element(`xsd:${facet}`, { value: String(value) })),
      ...enumeration.map((value) => element('xsd:enumeration', { value })),
    ),
  )
}
