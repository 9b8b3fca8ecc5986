/** Who may read whose data, on the page. */
import type { DeclaredProvider, Simulator } from '../../simulator/index.js'
import type { AccessView } from './contract.js'

export function accessView(simulator: Simulator): AccessView {
  const patient = (ssin: string): { patient: string; ssin: string } => {
    const known = simulator.world.findPatient(ssin)
    return { patient: known === undefined ? ssin : `${known.firstName} ${known.familyName}`, ssin }
  }
  return {
    consents: simulator.consents().map(({ ssin, type, signed, revoked, author }) => ({
      ...patient(ssin),
      type,
      signed,
      ...(revoked === undefined ? {} : { revoked }),
      author,
    })),
    links: simulator.links().map(({ ssin, provider, type, from, until, revoked }) => ({
      ...patient(ssin),
      provider: named(provider),
      type,
      from,
      until,
      revoked,
    })),
    exclusions: simulator
      .exclusions()
      .filter(({ revoked }) => !revoked)
      .map(({ ssin, provider }) => ({ ...patient(ssin), provider: named(provider) })),
  }
}

const named = ({ name, number }: DeclaredProvider): string => `${name} (${number.type} ${number.value})`
