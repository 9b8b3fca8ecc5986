import { rm } from 'node:fs/promises'

import { Option, type Command } from 'commander'

import type { Connection } from '../../connect.js'
import { readers, type GetKeyOptions, type KgssKey, type Reader } from '../../technical/kgss/index.js'
import { readRecipients } from '../../technical/seal/index.js'
import { addConnectionOptions, openConnection, type ConnectionOptions } from '../connection.js'
import { readInput, writeNamed, writeOutput } from '../input.js'
import { english } from '../language/index.js'
import { operand, type TakenLists } from '../lists.js'
import type { SecretKey } from '../json/index.js'
import { printFields, printJson, remark, UsageError } from '../output.js'

interface KeyOptions extends ConnectionOptions {
  out: string
}

interface NewKeyOptions extends KeyOptions {
  allow: string[]
  exclude?: string[]
  deletionStrategy?: boolean
}

interface GetKeyCommandOptions extends KeyOptions {
  message?: string
  answerFor?: NonNullable<GetKeyOptions['answerFor']>
}

/** `ehealth kgss new-key` and `ehealth kgss get-key` */
export function registerKgss(program: Command): void {
  const kgss = program
    .command('kgss')
    .description('secret keys for messages whose readers are not known: make them, fetch them')
  addConnectionOptions(
    kgss
      .command('new-key')
      .description('make a key for readers of a kind; tells its identifier')
      .requiredOption(
        '--allow <reader...>',
        `who may read it: ${kinds.join(', ')}, or NAMESPACE,NAME[,VALUE]`,
      )
      .option('--exclude <reader...>', 'who may not, although allowed')
      .option('--deletion-strategy', 'send the element DeletionStrategy')
      .requiredOption('--out <file>', 'new file that gets the 16 octets, for its owner alone; - for stdout'),
  ).action(newKey)
  const taken: TakenLists = []
  addConnectionOptions(
    kgss
      .command('get-key')
      .description('fetch a key by its identifier, or the one that a message names')
      .argument('[id]', 'its identifier in base64')
      .option('--message <file>', 'the sealed message that names it, instead of the identifier')
      .addOption(
        new Option('--answer-for <way>', 'what the answer is sealed for').choices(['token', 'one-time-key']),
      )
      .requiredOption('--out <file>', 'new file that gets the 16 octets, for its owner alone; - for stdout'),
    taken,
  ).action((id: string | undefined, options: GetKeyCommandOptions) => getKey(id, options, taken))
}

async function newKey(options: NewKeyOptions): Promise<void> {
  const allowed = options.allow.map(readerOf)
  const excluded = (options.exclude ?? []).map(readerOf)
  const deletionStrategy = options.deletionStrategy ?? false
  await keep(options, (me) => me.technical.kgss.newKey({ allowed, excluded, deletionStrategy }))
}

async function getKey(
  given: string | undefined,
  options: GetKeyCommandOptions,
  taken: TakenLists,
): Promise<void> {
  const { message, answerFor } = options
  if (message !== undefined && given !== undefined) throw new UsageError('give the identifier or --message')
  const id = message === undefined ? operand(given, 'the identifier of the key', taken) : await named(message)
  await keep(options, (me) => me.technical.kgss.getKey(id, answerFor === undefined ? {} : { answerFor }))
}

async function named(message: string): Promise<string> {
  const [id, ...more] = readRecipients(await readInput(message)).secretKeyIds
  if (id === undefined) throw new UsageError('the message names no key: it is for known recipients')
  if (more.length > 0) throw new UsageError('the message names several keys: give the identifier of one')
  return id
}

/** Writes the key where it was asked for and nowhere else; the file is made first, so that no key is without a place. */
async function keep(options: KeyOptions, obtain: (me: Connection) => Promise<KgssKey>): Promise<void> {
  const { out, json = false } = options
  if (out === '-' && json) throw new UsageError('--json goes with --out FILE: stdout is taken by the key')
  if (out !== '-') await writeNamed(out, new Uint8Array(), { fresh: true })
  try {
    await using me = await openConnection(options)
    using key = await obtain(me)
    if (out === '-') {
      await writeOutput(out, key.key)
      remark(`id ${key.id}`)
      return
    }
    await writeNamed(out, key.key, { secret: true })
    const shown = { id: key.id, bits: key.key.length * 8, out }
    if (json) printJson<SecretKey>(shown)
    else printFields(shown)
  } catch (error) {
    if (out !== '-') await rm(out, { force: true })
    throw error
  }
}

const byKind: Readonly<Record<string, (number: string | undefined) => Reader>> = {
  person: (number) => readers.person(needed(number)),
  'any-doctor': () => readers.anyDoctor(),
  doctor: readers.doctor,
  dentist: readers.dentist,
  midwife: readers.midwife,
  nurse: readers.nurse,
  physiotherapist: readers.physiotherapist,
  'any-pharmacy': () => readers.anyPharmacy(),
  'any-insurer': () => readers.anyInsurer(),
  organisation: (number) => readers.organisation(needed(number)),
  enterprise: (number) => readers.enterprise(needed(number)),
}

const kinds = [
  'person:SSIN',
  'any-doctor',
  ...['doctor', 'dentist', 'midwife', 'nurse', 'physiotherapist'].map((kind) => `${kind}[:NIHII]`),
  'any-pharmacy',
  'any-insurer',
  'organisation:CBE',
  'enterprise:CBE',
]

/** `KIND[:NUMBER]`, or an attribute as configured lists write it: `NAMESPACE,NAME[,VALUE…]`. */
function readerOf(text: string): Reader {
  if (text.includes(',')) {
    const [namespace, name, ...values] = text.split(',') as [string, string, ...string[]]
    return readers.attribute(namespace, name, ...values)
  }
  const [kind, number, ...more] = text.split(':') as [string, ...string[]]
  const read = Object.hasOwn(byKind, kind) ? byKind[kind] : undefined
  const numberless = kind.startsWith('any-') && number !== undefined
  if (read === undefined || more.length > 0 || number === '' || numberless)
    throw new UsageError(english`a reader is one of ${kinds.join(', ')}, or NAMESPACE,NAME[,VALUE]`)
  return read(number)
}

function needed(number: string | undefined): string {
  if (number === undefined) throw new UsageError('this kind of reader needs a number: KIND:NUMBER')
  return number
}
