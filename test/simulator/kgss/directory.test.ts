import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { startSimulator } from '../../../src/simulator/index.js'
import { readToken, verifyToken } from '../../../src/technical/etk/index.js'
import { readers } from '../../../src/technical/kgss/index.js'
import { Certificate } from '../../../src/technical/pki/index.js'
import { open } from '../../technical/kgss/people.js'
import { kgssOwner } from './support.js'

describe('the keys of a simulator with a directory', () => {
  it('are those of the next one there, for their owner alone', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'kgss-'))
    try {
      const first = await startSimulator({ dir })
      const author = await open(first, 'physician')
      const key = await author.technical.kgss.newKey({
        allowed: [readers.nurse()],
        excluded: [readers.anyPharmacy()],
      })
      const token = await author.technical.etk.get(kgssOwner)
      await author.close()
      await first.close()
      for (const file of ['state/kgss.json', 'pki/kgss.p12'])
        expect((await stat(join(dir, file))).mode & 0o077).toBe(0)
      expect(await readdir(join(dir, 'personas'))).not.toContain('kgss.p12')

      await using second = await startSimulator({ dir })
      await using noor = await open(second, 'nurse')
      expect(Buffer.from((await noor.technical.kgss.getKey(key.id)).key)).toEqual(Buffer.from(key.key))
      expect(Buffer.from((await noor.technical.etk.get(kgssOwner)).der)).toEqual(Buffer.from(token.der))
    } finally {
      await rm(dir, { recursive: true })
    }
  })

  it('come with a KGSS where an earlier release made the directory without one', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'kgss-'))
    try {
      await (await startSimulator({ dir })).close()
      await rm(join(dir, 'pki/kgss.p12'))
      const edit = async (name: string, change: (json: never) => unknown) => {
        const file = join(dir, name)
        await writeFile(file, JSON.stringify(change(JSON.parse(await readFile(file, 'utf8')) as never)))
      }
      await edit('pki/passwords.json', ({ kgss: _, ...rest }: { kgss: string }) => rest)
      await edit('pki/tokens.json', (tokens: { application?: string }[]) =>
        tokens.filter(({ application }) => application !== 'KGSS'),
      )
      for (let start = 0; start < 2; start++) {
        await using later = await startSimulator({ dir })
        const { etk } = later.world.tokens.find(({ application }) => application === 'KGSS')!
        const trust = later.environment.trust.signers!.map((item) => Certificate.from(item))
        expect(
          verifyToken(readToken(etk), { trust, at: later.clock.now(), expected: kgssOwner }),
        ).toBeDefined()
        await using ada = await open(later, 'physician')
        expect((await ada.technical.kgss.newKey({ allowed: [readers.doctor()] })).key).toHaveLength(16)
      }
    } finally {
      await rm(dir, { recursive: true })
    }
  })
})
