/** What the platform certifies of somebody who holds a profession: its attributes with values (spec sts-iam §3). */
import { personal, professions, type ProfessionName } from '../technical/actors/index.js'
import type { RegisteredActor } from './world.js'

/** Names that a client [REC] reads beside those of the tables, for the same number. */
const otherNames: Readonly<Partial<Record<ProfessionName, readonly string[]>>> = {
  physician: [`${personal}nihii:doctor:nihii11`],
  dentist: [`${personal}dentist:nihii11`],
  midwife: [`${personal}midwife:nihii11`],
  physiotherapist: [`${personal}physiotherapist:nihii11`],
}

/**
 * The certified attributes of an actor in a profession: flags are true, numbers are his, those of an organisation with
 * `000` (spec identifiers §3.3). What depends on the request, such as who holds a pharmacy, is not among them.
 */
export function certifiedOf(
  profession: ProfessionName,
  { givenName, surname, nihii }: Pick<RegisteredActor, 'givenName' | 'surname' | 'nihii'>,
): Readonly<Record<string, readonly string[]>> {
  const names = professions[profession].attributes
    .filter(
      ({ name, namespace, sent = 'always' }) =>
        namespace === 'certified' &&
        (sent === 'always' || sent === 'with-nihii') &&
        !name.includes('pharmacy-holder'),
    )
    .map(({ name }) => name)
  const values = [...names, ...(otherNames[profession] ?? [])].map((name): [string, string | undefined] => {
    if (name === `${personal}givenname`) return [name, givenName]
    if (name === `${personal}surname`) return [name, surname]
    if (name.endsWith(':nihii11')) return [name, nihii?.padEnd(11, '0')]
    return [name, name.endsWith(':boolean') ? 'true' : undefined]
  })
  return Object.fromEntries(
    values
      .filter((entry): entry is [string, string] => entry[1] !== undefined)
      .map(([name, value]) => [name, [value]]),
  )
}
