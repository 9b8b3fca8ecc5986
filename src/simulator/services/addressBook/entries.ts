/** Who stands in the address book: everybody of the register who has a quality, and those who have no mailbox. */
import { wordsOfQualities, type Address } from '../../../business/addressBook/contract.js'
import { chanceOf } from '../../population/chance.js'
import { streets, towns } from '../../population/places.js'
import { populate } from '../../population/population.js'
import type { RegisteredActor, World } from '../../world.js'

/** An actor with what the register does not know of him. */
export interface Entry {
  readonly actor: RegisteredActor
  readonly hasBox: boolean
  /** As people write it, without the capitals of certificates. */
  readonly lastName: string
  readonly firstName?: string
  /** Words of the address book, one for each quality of the actor. */
  readonly words: readonly string[]
  readonly language: 'fr' | 'nl'
  readonly email: string
  /** Where he works. */
  readonly activity: Address
  /** Where he wants his letters; not everybody says. */
  readonly contact?: Address
}

interface Book {
  readonly boxless: readonly RegisteredActor[]
  /** What has been made up, by actor: one who is registered anew is another. */
  readonly entries: WeakMap<RegisteredActor, Entry>
}

const bookOf = (world: World): Book =>
  world.slot<Book>('addressBook', () => ({
    boxless: populate()
      .filter(({ hasBox }) => !hasBox)
      .map(({ actor }) => actor),
    entries: new WeakMap(),
  }))

/** Everybody, in the order of the register. */
export function entriesOf(world: World, kind: RegisteredActor['kind']): Entry[] {
  const { boxless, entries } = bookOf(world)
  const entryOf = (actor: RegisteredActor, hasBox: boolean): Entry => {
    const known = entries.get(actor)
    if (known !== undefined) return known
    const made = makeEntry(actor, hasBox)
    entries.set(actor, made)
    return made
  }
  const listed = (actor: RegisteredActor): boolean => actor.kind === kind && actor.qualities.length > 0
  return [
    ...world.actors.filter(listed).map((actor) => entryOf(actor, true)),
    ...boxless.filter(listed).map((actor) => entryOf(actor, false)),
  ]
}

/** The word of the address book for a quality of the eHealthBox; the same one but for physicians (inferred). */
export const wordOf = (quality: string): string => wordsOfQualities[quality] ?? quality

function makeEntry(actor: RegisteredActor, hasBox: boolean): Entry {
  const chance = chanceOf(`address of ${actor.certificateType} ${actor.certificateValue}`)
  const lastName = inPeoplesWriting(actor.surname ?? actor.displayName)
  const address = (Type: string): Address => {
    const street = chance.pick(streets)
    const town = chance.pick(towns)
    return {
      Type,
      Street: { Description: bothLanguages(street) },
      HouseNumber: String(1 + chance.below(199)),
      ...(chance.below(4) === 0 ? { PostBox: String(1 + chance.below(20)) } : {}),
      Municipality: { ZipCode: town.zipCode, Description: bothLanguages(town) },
      Country: { ISOCode: 'BE', Description: [] },
    }
  }
  const activity = address('activity')
  return {
    actor,
    hasBox,
    lastName,
    ...(actor.givenName === undefined ? {} : { firstName: inPeoplesWriting(actor.givenName) }),
    words: actor.qualities.map(wordOf),
    language: chance.pick(['fr', 'nl'] as const),
    email: `${mailName(actor.displayName)}@example.invalid`,
    activity,
    ...(chance.below(3) === 0 ? { contact: address('contact') } : {}),
  }
}

const bothLanguages = ({ fr, nl }: { fr: string; nl: string }): Address['Street']['Description'] => [
  { value: fr, lang: 'fr' },
  { value: nl, lang: 'nl' },
]

/** Capitals at the start of each word only. */
const inPeoplesWriting = (name: string): string =>
  name.toLowerCase().replace(/(^|[\s'-])(\p{L})/gu, (_, before: string, letter: string) => {
    return before + letter.toUpperCase()
  })

const mailName = (name: string): string =>
  folded(name)
    .replace(/[^a-z0-9]+/g, '.')
    .replace(/^\.|\.$/g, '')

/** A text without case and accents: searches look at neither (inferred). */
export const folded = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()
