/** What OpenSSL says about an export of the prescription archive, and what is left of a daemon that is killed. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import { openPrescriptionArchive } from '../src/business/prescriptionArchive/index.js'
import { connect } from '../src/connect.js'
import { hospital } from '../src/professions/index.js'
import { Certificate } from '../src/technical/pki/index.js'
import { startSimulator } from '../src/simulator/index.js'
import { readTimestampToken } from '../src/technical/timestamp/index.js'
import { killTest } from '../test/kill/killTest.mjs'

const directory = mkdtempSync(join(tmpdir(), 'ehealth-archive-'))
afterAll(() => rmSync(directory, { recursive: true }))

describe('an exported archive', () => {
  it('is verified by OpenSSL as its README says, and no longer when a bag was changed', async () => {
    const platform = join(directory, 'platform')
    await using simulator = await startSimulator({ dir: platform })
    const { nihii, keystore, password } = simulator.personas.hospital
    await using me = await connect({
      environment: simulator.environment,
      keystore: { bytes: keystore, password },
      as: hospital({ nihii }),
    })
    await using archive = await openPrescriptionArchive({
      file: join(directory, 'archive.db'),
      session: me.session,
      certificates: ['issuing', 'root'].flatMap((name) =>
        Certificate.allFrom(readFileSync(join(platform, `pki/${name}.pem`))),
      ),
    })
    await archive.add({ content: Buffer.from('a prescription') })
    await archive.seal()
    await archive.send()
    const out = join(directory, 'export')
    await archive.export({ directory: out })
    const [token] = readdirSync(join(out, 'stamps')).filter((name) => name.endsWith('.tst'))
    const file = join(out, 'stamps', token!)
    const seconds = Math.ceil(readTimestampToken(readFileSync(file)).genTimeMs / 1000)
    const verify = (data: string): string =>
      execFileSync(
        'openssl',
        [
          ...['ts', '-verify', '-token_in', '-in', file, '-data', data],
          ...['-CAfile', join(out, 'certificates/authorities.pem'), '-attime', String(seconds)],
        ],
        { encoding: 'utf8', stdio: 'pipe' },
      )
    expect(verify(join(out, 'bags/1.xml'))).toContain('Verification: OK')
    expect(() => verify(join(out, 'entries/1.jsonl'))).toThrow(/message imprint mismatch/)
  })
})

describe('a daemon that is killed at random moments', () => {
  it('loses nothing that it acknowledged, and puts nothing into two bags', async () => {
    const seed = Date.now() % 1_000_000
    const { problems, acknowledged } = await killTest({ kills: 3, seed, longest: 1000 })
    expect({ seed, problems }).toEqual({ seed, problems: [] })
    expect(acknowledged).toBeGreaterThan(0)
  })
})
