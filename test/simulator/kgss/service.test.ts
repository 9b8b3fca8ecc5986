import { inspect } from 'node:util'

import { describe, expect, it } from 'vitest'

import type { PersonaName } from '../../../src/simulator/index.js'
import { mayRead } from '../../../src/simulator/services/kgss/access.js'
import { GetKeyResponseContent, type CredentialType } from '../../../src/technical/kgss/contract.js'
import { identityOf } from '../../../src/technical/keystore/index.js'
import { readRecipients, unseal } from '../../../src/technical/seal/index.js'
import { parseXml, read } from '../../../src/technical/xml/index.js'
import { doctorNumber, keyXml, kgssOwner, noKeyFound, nurseNumber, reader, Surroundings } from './support.js'

const kgss = new Surroundings()

describe('the KGSS', () => {
  it('is in the depot under the number that clients know, and signs what it answers', async () => {
    const token = await kgss.people.nurse.technical.etk.get(kgssOwner)
    expect(identityOf(token.authenticationCertificate)).toMatchObject(kgssOwner)
    const answer = await kgss.sendNewKey(await kgss.sealedXml(await kgss.newKeyXml()))
    const { author, senderCertificate, warnings } = await kgss.openAs(
      'physician',
      answer.SealedNewKeyResponse!.SealedContent,
    )
    expect(author).toMatchObject(kgssOwner)
    expect(senderCertificate!.equals(token.authenticationCertificate)).toBe(true)
    expect(warnings).toEqual([])
  })

  it('makes a key of 128 bits and gives it for the token of the reader', async () => {
    const { id, key } = await kgss.makeKey()
    expect([id.length, key.length]).toEqual([24, 16])
    const answer = await kgss.sendKey(
      await kgss.sealedXml(keyXml(id, { ETK: await kgss.etkOf('nurse') }), { by: 'nurse' }),
    )
    const { content } = await kgss.openAs('nurse', answer.SealedKeyResponse!.SealedContent)
    expect(read(GetKeyResponseContent, parseXml(content).root).Key).toEqual(key)
  })

  it('gives it for a key of the reader, under the identifier that he wants', async () => {
    const { id, key } = await kgss.makeKey()
    const KeyEncryptionKey = Buffer.from('0123456789abcdef')
    for (const KeyEncryptionKeyIdentifier of [Buffer.from('mine'), undefined]) {
      const xml = keyXml(id, {
        KeyEncryptionKey,
        ...(KeyEncryptionKeyIdentifier === undefined ? {} : { KeyEncryptionKeyIdentifier }),
      })
      const sealed = (await kgss.sendKey(await kgss.sealedXml(xml, { by: 'nurse' }))).SealedKeyResponse!
        .SealedContent
      const { secretKeyIds } = readRecipients(sealed)
      if (KeyEncryptionKeyIdentifier === undefined) expect(secretKeyIds).toHaveLength(1)
      else expect(secretKeyIds).toEqual([KeyEncryptionKeyIdentifier.toString('base64')])
      const { content } = await unseal(sealed, {
        secretKey: KeyEncryptionKey,
        trust: kgss.people.nurse.session.trust.signers,
        now: kgss.simulator.runtime,
      })
      expect(read(GetKeyResponseContent, parseXml(content).root).Key).toEqual(key)
    }
  })
})

describe('the access list', () => {
  const ask = async (id: Uint8Array, as: PersonaName) =>
    kgss.sendKey(await kgss.sealedXml(keyXml(id, { ETK: await kgss.etkOf(as) }), { by: as }), as)

  it('lets in whoever matches, by number or by any number', async () => {
    const { nurse } = kgss.simulator.personas
    for (const value of [[], [''], [nurse.nihii], ['41000000000', nurse.nihii]]) {
      const { id } = await kgss.makeKey([reader(nurseNumber, ...value)])
      expect((await ask(id, 'nurse')).SealedKeyResponse, inspect(value)).toBeDefined()
      expect(await ask(id, 'physician')).toEqual(noKeyFound)
    }
    const { id } = await kgss.makeKey([reader(nurseNumber, '41000000000')])
    expect(await ask(id, 'nurse')).toEqual(noKeyFound)
  })

  it('keeps out whoever is excluded, although he is allowed', async () => {
    const allowed = [reader(nurseNumber), reader(doctorNumber)]
    const { id } = await kgss.makeKey(allowed, [reader(nurseNumber, kgss.simulator.personas.nurse.nihii)])
    expect(await ask(id, 'nurse')).toEqual(noKeyFound)
    expect((await ask(id, 'physician')).SealedKeyResponse).toBeDefined()
    expect(await ask(id, 'hospital')).toEqual(noKeyFound)
  })

  it('keeps out its own author where he is not named', async () => {
    const { id } = await kgss.makeKey()
    expect(await ask(id, 'physician')).toEqual(noKeyFound)
  })

  it('answers for a key that there is not as for one that is not for the caller', async () => {
    const { id } = await kgss.makeKey([reader(doctorNumber)])
    expect(await ask(id, 'nurse')).toEqual(await ask(Buffer.alloc(24, 1), 'nurse'))
  })

  const attribute = (name: string, ...values: string[]) => ({
    namespace: 'urn:be:fgov:certified-namespace:ehealth',
    name,
    values,
  })
  it.each<[string, CredentialType[], CredentialType[], boolean]>([
    ['no value', [reader('a')], [], true],
    ['an empty value', [reader('a', '')], [], true],
    ['its value', [reader('a', '1')], [], true],
    ['one of its values', [reader('a', '0', '2')], [], true],
    ['another value', [reader('a', '3')], [], false],
    ['its value in other letters', [reader('word', 'TRUE')], [], false],
    ['an attribute that the token has not', [reader('b')], [], false],
    ['a value that was not granted', [reader('empty')], [], false],
    ['an empty value that was not granted', [reader('empty', '')], [], false],
    ['a flag that says no', [reader('no')], [], false],
    ['false itself', [reader('no', 'false')], [], true],
    [
      'the name in another namespace',
      [{ ...reader('a'), Namespace: 'urn:be:fgov:identification-namespace' }],
      [],
      false,
    ],
    ['an exclusion that matches', [reader('a')], [reader('word')], false],
    ['an exclusion by value that does not match', [reader('a')], [reader('a', '3')], true],
    ['an exclusion alone', [], [reader('b')], false],
  ])('understands %s', (_, allowed, excluded, expected) => {
    const token = [
      attribute('a', '1', '2'),
      attribute('word', 'true'),
      attribute('empty', ''),
      attribute('no', 'false'),
    ]
    expect(mayRead({ allowed, excluded }, token)).toBe(expected)
  })
})
