/** What is known while schemas are read. */
import { EHealthError } from '../../../errors.js'
import type { XmlElement } from '../../xml/tree.js'
import { keyOf, type Component, type ComponentKind, type Components, type Name } from './components.js'
import type { SchemaType } from './model.js'

/** Particles and attributes of all types together: groups inside of groups multiply. */
const maxPieces = 100_000

export interface State {
  /** Particles and attributes made up to now. */
  pieces: number
  components: Components
  types: Map<XmlElement, SchemaType>
  /** Elements that may stand for another one, by the key of that one. */
  substitutes: Map<string, Component[]>
}

/** @throws EHealthError `service.wsdl` when there is none */
export function find(kind: ComponentKind, name: Name, state: State): Component {
  const component = state.components.get(keyOf(kind, name))
  if (component === undefined)
    throw new EHealthError('service.wsdl', `no schema declares the ${kind} ${name.local}`, {
      details: { namespace: name.namespace, name: name.local },
    })
  return component
}

/** @throws EHealthError `service.wsdl` when the schemas have become too large */
export function count(state: State): void {
  if (++state.pieces > maxPieces) throw new EHealthError('service.wsdl', 'the schemas are too large')
}
