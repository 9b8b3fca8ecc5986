/** A foundation in a directory: the next simulator there has the same authorities, keystores and tokens. */
import { createPrivateKey } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'

import { EHealthError } from '../../errors.js'
import { Certificate } from '../../technical/pki/certificate.js'
import type { MyCareNetRegion } from '../../business/mycarenet/contract.js'
import { isBroker, isRegistered, platformNames, type AnyPersonaName, type HolderName } from '../actors.js'
import type { DepotToken } from '../world.js'
import {
  authorityRoles,
  laterRoles,
  publishedBy,
  type Authority,
  type AuthorityRole,
  type EarlierAuthorities,
} from './authorities.js'
import type { Foundation, PersonaKeystore, UnfinishedFoundation } from './foundation.js'
import { publishingRoles, type PublishingRole } from './publication.js'

/** Names inside the directory. Certificates of authorities are `pki/<role>.pem`. */
export const kept = {
  certificate: (role: AuthorityRole) => `pki/${role}.pem`,
  key: (role: AuthorityRole) => `pki/${role}.key.pem`,
  keystore: (name: KeeperName) => `${isPlatform(name) ? 'pki' : 'personas'}/${name}.p12`,
  passwords: 'pki/passwords.json',
  tokens: 'pki/tokens.json',
  address: 'pki/address.json',
} as const

type KeeperName = HolderName | AnyPersonaName | MyCareNetRegion

/** The platform's own keystores are no personas to be. */
const isPlatform = (name: string): boolean => platformNames.some((own) => own === name) || isBroker(name)

/** Last to be written: a directory without it was never finished, and is filled anew. */
const complete = kept.tokens

const secret = { mode: 0o600 }

export async function saveFoundation(directory: string, foundation: Foundation): Promise<void> {
  const at = (name: string): string => path.join(directory, name)
  await mkdir(at('pki'), { recursive: true })
  await mkdir(at('personas'), { recursive: true })
  for (const role of authorityRoles) {
    const { certificate, key } = foundation.authorities[role]
    await writeFile(at(kept.certificate(role)), certificate.toPem())
    await writeFile(at(kept.key(role)), key.export({ type: 'pkcs8', format: 'pem' }), secret)
  }
  const keystores = Object.entries(foundation.keystores) as [KeeperName, PersonaKeystore][]
  for (const [name, { keystore }] of keystores) await writeFile(at(kept.keystore(name)), keystore, secret)
  const passwords = keystores.map(([name, { password }]) => [name, password])
  await writeFile(at(kept.passwords), JSON.stringify(Object.fromEntries(passwords)), secret)
  const { publishedAt } = foundation
  await writeFile(at(kept.address), JSON.stringify({ publishedAt }))
  const tokens = foundation.tokens.map((token) => ({
    ...token,
    etk: Buffer.from(token.etk).toString('base64'),
  }))
  await writeFile(at(complete), JSON.stringify(tokens, undefined, 2))
}

/**
 * The foundation in the directory, unfinished when an earlier release wrote it; undefined when there is none yet.
 *
 * @throws EHealthError `configuration.invalid` when a file of it is missing or broken
 */
export async function loadFoundation(directory: string): Promise<UnfinishedFoundation | undefined> {
  const read = (name: string): Promise<string> => readFile(path.join(directory, name), 'utf8')
  let tokensText: string
  try {
    tokensText = await read(complete)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw broken(error)
  }
  try {
    const publishedAt = await readAddress(directory)
    const authorities = await Promise.all(
      authorityRoles.map(async (role): Promise<[AuthorityRole, Authority] | undefined> => {
        const pem = await read(kept.certificate(role)).catch((error: NodeJS.ErrnoException) => {
          if (error.code === 'ENOENT' && laterRoles.some((later) => later === role)) return undefined
          throw error
        })
        if (pem === undefined) return undefined
        const certificate = Certificate.from(pem)
        const authority = { certificate, key: createPrivateKey(await read(kept.key(role))) }
        return [role, isPublishing(role) ? publishedBy(authority, role, publishedAt) : authority]
      }),
    )
    const passwords = JSON.parse(await read(kept.passwords)) as Record<string, string>
    // A name that nobody knows is that of a later release.
    const names = Object.keys(passwords).filter(
      (name): name is KeeperName => isPlatform(name) || isRegistered(name),
    )
    const keystores = await Promise.all(
      names.map(async (name): Promise<[KeeperName, PersonaKeystore]> => [
        name,
        { keystore: await readFile(path.join(directory, kept.keystore(name))), password: passwords[name]! },
      ]),
    )
    const tokens = JSON.parse(tokensText) as (Omit<DepotToken, 'etk'> & { etk: string })[]
    return {
      authorities: Object.fromEntries(
        authorities.filter((entry) => entry !== undefined),
      ) as unknown as EarlierAuthorities,
      keystores: Object.fromEntries(keystores),
      tokens: tokens.map((token) => ({ ...token, etk: Buffer.from(token.etk, 'base64') })),
      ...(publishedAt === undefined ? {} : { publishedAt }),
    }
  } catch (error) {
    throw broken(error)
  }
}

const isPublishing = (role: AuthorityRole): role is PublishingRole =>
  publishingRoles.includes(role as PublishingRole)

/** Directories of before have none: the certificates in them name no address. */
async function readAddress(directory: string): Promise<string | undefined> {
  const text = await readFile(path.join(directory, kept.address), 'utf8').catch(() => '{}')
  return (JSON.parse(text) as { publishedAt?: string }).publishedAt
}

function broken(cause: unknown): EHealthError {
  return new EHealthError('configuration.invalid', 'the directory of the simulator is damaged', {
    path: 'dir',
    hint: 'Give another directory, or remove this one.',
    // what JSON.parse says quotes the file, and one of them holds passwords
    ...(cause instanceof SyntaxError ? {} : { cause }),
  })
}
