/** Validation of values against their contract, with the path to each fault (design §4). */
import { EHealthError } from '../../errors.js'
import type { ElementDeclaration, ElementParticle, Particle, Type } from './contract.js'

/** One fault: where and what, without the value. */
export interface ContractProblem {
  /** For instance `SendMessageRequest.ContentContext.Content.Document.Title`. */
  path: string
  /** For instance `0 characters, expected 1–400`. */
  problem: string
}

type Fields = Record<string, unknown>

/** All faults of a value; empty when it can be written. */
export function problemsOf<T>(declaration: ElementDeclaration<T>, value: T): ContractProblem[] {
  const problems: ContractProblem[] = []
  checkType(declaration.type, value, declaration.local, problems)
  return problems
}

/** @throws EHealthError `contract.invalid` with the path of the first fault, all of them in `details.problems`. */
export function assertValid<T>(declaration: ElementDeclaration<T>, value: T): void {
  const problems = problemsOf(declaration, value)
  const [first] = problems
  if (first === undefined) return
  throw new EHealthError('contract.invalid', `${first.path}: ${first.problem}`, {
    path: first.path,
    details: { problems: problems.slice(0, 50) },
  })
}

function checkType(type: Type<unknown>, value: unknown, path: string, problems: ContractProblem[]): void {
  switch (type.kind) {
    case 'lazy':
      return checkType(type.resolve(), value, path, problems)
    case 'simple': {
      const problem = type.check(value)
      if (problem !== undefined) problems.push({ path, problem })
      return
    }
    case 'opaque': {
      const xml = (value as { xml?: unknown } | undefined)?.xml
      if (typeof xml !== 'string' || xml === '') problems.push({ path, problem: 'no XML to write' })
      return
    }
    case 'simpleContent':
    case 'sequence': {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        problems.push({ path, problem: 'expected an object' })
        return
      }
      const fields = value as Fields
      for (const attribute of type.attributes) {
        const given = fields[attribute.local]
        const at = `${path}@${attribute.local}`
        if (given === undefined) {
          if (attribute.required) problems.push({ path: at, problem: 'missing' })
          continue
        }
        const problem = attribute.type.check(given)
        if (problem !== undefined) problems.push({ path: at, problem })
      }
      if (type.kind === 'simpleContent') checkType(type.content, fields['value'], path, problems)
      else {
        checkUnknownKeys(type.particles, type.attributes, fields, path, problems)
        for (const particle of type.particles) checkParticle(particle, fields, path, problems)
      }
    }
  }
}

function checkUnknownKeys(
  particles: readonly Particle[],
  attributes: readonly { local: string }[],
  fields: Fields,
  path: string,
  problems: ContractProblem[],
): void {
  const known = new Set([...attributes.map((a) => a.local), ...particles.flatMap(namesIn)])
  for (const [key, value] of Object.entries(fields))
    if (value !== undefined && !known.has(key))
      problems.push({ path: `${path}.${key}`, problem: 'no such field' })
}

function namesIn(particle: Particle): string[] {
  if (particle.particle === 'element') return [particle.local]
  return (particle.particle === 'choice' ? particle.alternatives : particle.particles).flatMap(namesIn)
}

function checkParticle(particle: Particle, fields: Fields, path: string, problems: ContractProblem[]): void {
  switch (particle.particle) {
    case 'element':
      return checkElement(particle, fields[particle.local], path, problems)
    case 'group': {
      if (particle.optional && !isGiven(particle, fields)) return
      for (const inner of particle.particles) checkParticle(inner, fields, path, problems)
      return
    }
    case 'choice': {
      const given = particle.alternatives.filter((alternative) => isGiven(alternative, fields))
      const names = particle.alternatives.flatMap(namesIn).join(' | ')
      if (given.length > 1) problems.push({ path, problem: `more than one of ${names}` })
      else if (given[0] !== undefined) checkParticle(given[0], fields, path, problems)
      else if (!particle.optional) problems.push({ path, problem: `expected one of ${names}` })
    }
  }
}

/** True when the value has something for this particle. @internal */
export function isGiven(particle: Particle, fields: Record<string, unknown>): boolean {
  if (particle.particle === 'element') {
    const value = fields[particle.local]
    return value !== undefined && !(particle.array && Array.isArray(value) && value.length === 0)
  }
  return (particle.particle === 'choice' ? particle.alternatives : particle.particles).some((inner) =>
    isGiven(inner, fields),
  )
}

function checkElement(
  particle: ElementParticle,
  value: unknown,
  path: string,
  problems: ContractProblem[],
): void {
  const at = `${path}.${particle.local}`
  if (!particle.array) {
    if (value === undefined) {
      if (particle.min > 0) problems.push({ path: at, problem: 'missing' })
    } else checkType(particle.type, value, at, problems)
    return
  }
  if (value !== undefined && !Array.isArray(value)) {
    problems.push({ path: at, problem: 'expected an array' })
    return
  }
  const items: unknown[] = value ?? []
  if (items.length < particle.min || items.length > particle.max) {
    const range = particle.max === Infinity ? `at least ${particle.min}` : `${particle.min}–${particle.max}`
    problems.push({ path: at, problem: `${items.length} times, expected ${range}` })
  }
  items.forEach((item, i) => checkType(particle.type, item, `${at}[${i}]`, problems))
}
