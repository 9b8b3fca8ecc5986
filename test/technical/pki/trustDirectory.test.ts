import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { readTrustDirectory } from '../../../src/technical/pki/index.js'
import { actor, authority } from './issue.js'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'trust-'))
})
afterEach(() => rm(directory, { recursive: true }))

const write = (name: string, content: string | Uint8Array): Promise<void> =>
  writeFile(path.join(directory, name), content)
const [one, two, three] = ['One', 'Two', 'Three'].map((name) => {
  const self = actor(name)
  return authority(self, self)
}) as [ReturnType<typeof authority>, ReturnType<typeof authority>, ReturnType<typeof authority>]

describe('a directory of trust anchors', () => {
  it('gives every certificate once, in PEM or DER, several in a file', async () => {
    await write('a.pem', one.toPem() + two.toPem())
    await write('b.cer', three.der)
    await write('c.CRT', two.toPem())
    await write('d.der', one.der)
    const found = await readTrustDirectory(directory)
    expect(found.map(({ fingerprint }) => fingerprint)).toEqual(
      [one, two, three].map(({ fingerprint }) => fingerprint),
    )
  })

  it('leaves out keys, other files and directories', async () => {
    await write('root.pem', one.toPem())
    await write('root.key.pem', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n')
    await write('README.txt', 'not a certificate')
    await mkdir(path.join(directory, 'old.pem'))
    expect(await readTrustDirectory(directory)).toHaveLength(1)
  })

  it('is refused with the name of a file that is broken', async () => {
    await write('good.pem', one.toPem())
    await write('broken.cer', one.der.subarray(0, 100))
    await expect(readTrustDirectory(directory)).rejects.toMatchObject({
      code: 'certificate.malformed',
      path: 'broken.cer',
    })
  })

  it('is refused when it is empty, or none', async () => {
    for (const name of [directory, path.join(directory, 'none')])
      await expect(readTrustDirectory(name)).rejects.toMatchObject({
        code: 'configuration.invalid',
        path: name,
      })
  })
})
