/** OpenSSL as judge of what the simulator's authorities publish, and as an authority whose lists and answers we judge. */
import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { startSimulator, type Simulator } from '../src/simulator/index.js'
import { readToken } from '../src/technical/etk/index.js'
import { Certificate, createRevocationChecker, readCrl, verifyCrl } from '../src/technical/pki/index.js'

const available = spawnSync('openssl', ['version']).status === 0
if (!available) console.warn('SKIPPED: no openssl; nobody outside judged revocation lists and OCSP')

const run = promisify(execFile)
const directory = mkdtempSync(join(tmpdir(), 'revocation-'))
const at = (name: string): string => join(directory, name)
const openssl = async (...parameters: string[]): Promise<string> => {
  const { stdout, stderr } = await run('openssl', parameters, { cwd: directory })
  return stdout + stderr
}

let simulator: Simulator
beforeAll(async () => {
  if (available) simulator = await startSimulator()
})
afterAll(async () => {
  await simulator?.close()
  rmSync(directory, { recursive: true })
})

describe.runIf(available)('OpenSSL judges the simulator', () => {
  beforeAll(() => {
    const { authenticationCertificate, chain } = readToken(
      simulator.world.tokens.find(({ value }) => value === simulator.personas.physician.ssin)!.etk,
    )
    for (const [name, certificate] of [
      ['leaf', authenticationCertificate],
      ['issuing', chain[0]!],
      ['root', chain[1]!],
    ] as const)
      writeFileSync(at(`${name}.pem`), certificate.toPem())
  })

  const judgeList = async (role: string): Promise<string> => {
    const list = await fetch(`${simulator.pkiUrl}/pki/${role}.crl`)
    writeFileSync(at(`${role}.crl`), Buffer.from(await list.arrayBuffer()))
    return openssl('crl', '-inform', 'DER', '-in', `${role}.crl`, '-noout', '-text', '-CAfile', `${role}.pem`)
  }
  const ask = (leaf: string, issuer: string, ...more: string[]): Promise<string> =>
    openssl(
      ...[
        'ocsp',
        ...more,
        '-issuer',
        `${issuer}.pem`,
        '-cert',
        `${leaf}.pem`,
        '-url',
        `${simulator.pkiUrl}/pki/ocsp`,
      ],
      ...['-CAfile', 'root.pem', '-verify_other', 'issuing.pem'],
    )

  it('accepts its lists and its answers, before and after a revocation', async () => {
    for (const role of ['root', 'issuing']) {
      const judged = await judgeList(role)
      expect(judged).toContain('verify OK')
      expect(judged).toContain('No Revoked Certificates')
    }
    for (const [leaf, issuer] of [
      ['leaf', 'issuing'],
      ['issuing', 'root'],
    ] as const)
      for (const more of [[], ['-sha256'], ['-no_nonce']]) {
        const judged = await ask(leaf, issuer, ...more)
        expect(judged).toContain('Response verify OK')
        expect(judged).toContain(`${leaf}.pem: good`)
        expect(judged).not.toMatch(/nonce/i)
      }
    await simulator.revoke('physician', { reason: 'keyCompromise' })
    expect(await judgeList('issuing')).toMatch(
      /CRL Number: \s+2[^]*Key Compromise[^]*verify OK|verify OK[^]*Key Compromise/,
    )
    expect(await ask('leaf', 'issuing')).toMatch(/leaf\.pem: revoked[^]*Reason: keyCompromise/)
    expect(await ask('issuing', 'root')).toContain('issuing.pem: good')
  })

  it('refuses a path with a revoked certificate by our list', async () => {
    await simulator.revoke('physician', { reason: 'keyCompromise' })
    await judgeList('issuing')
    await judgeList('root')
    for (const role of ['issuing', 'root'])
      await openssl('crl', '-inform', 'DER', '-in', `${role}.crl`, '-out', `${role}.crl.pem`)
    const parameters = ['verify', '-crl_check_all', '-CRLfile', 'issuing.crl.pem', '-CRLfile', 'root.crl.pem']
    const judge = (name: string): Promise<string> =>
      openssl(...parameters, '-CAfile', 'root.pem', '-untrusted', 'issuing.pem', name)
    await expect(judge('leaf.pem')).rejects.toThrow(/certificate revoked/)
    expect(await judge('issuing.pem')).toContain('OK')
  })
})

describe.runIf(available)('we judge OpenSSL', () => {
  let issuer: Certificate
  let leaf: Certificate
  const good = async (): Promise<unknown> => {
    const checker = createRevocationChecker({
      policy: 'require',
      fetch: async ({ body, url }) => {
        if (body === undefined) return readFileSync(at('made.crl'))
        expect(url).toBe('http://127.0.0.1:1/ocsp')
        writeFileSync(at('question.der'), body)
        await openssl(
          ...['ocsp', '-index', 'index.txt', '-CA', 'ca.pem', '-rsigner', 'ca.pem', '-rkey', 'ca.key'],
          ...['-reqin', 'question.der', '-respout', 'answer.der', '-ndays', '1'],
        )
        return readFileSync(at('answer.der'))
      },
    })
    return checker.check(leaf, issuer)
  }

  beforeAll(async () => {
    writeFileSync(at('index.txt'), '')
    writeFileSync(at('number'), '0A')
    writeFileSync(at('serial'), '00D15EA5E0')
    writeFileSync(
      at('ca.cnf'),
      `[ca]
default_ca = d
[d]
database = index.txt
new_certs_dir = .
serial = serial
crlnumber = number
default_md = sha384
default_crl_days = 1
policy = p
certificate = ca.pem
private_key = ca.key
crl_extensions = c
[c]
authorityKeyIdentifier = keyid
[p]
commonName = supplied
[leaf]
keyUsage = critical,digitalSignature
authorityInfoAccess = OCSP;URI:http://127.0.0.1:1/ocsp
crlDistributionPoints = URI:http://127.0.0.1:1/made.crl
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
[req]
distinguished_name = dn
[dn]
`,
    )
    const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384', '-noenc', '-config', 'ca.cnf']
    await openssl(
      'req',
      '-x509',
      ...ec,
      '-keyout',
      'ca.key',
      '-out',
      'ca.pem',
      '-subj',
      '/CN=Judge',
      '-days',
      '2',
      '-extensions',
      'authority',
    )
    await openssl('req', ...ec, '-keyout', 'leaf.key', '-out', 'leaf.csr', '-subj', '/CN=Leaf')
    await openssl(
      'ca',
      '-batch',
      '-config',
      'ca.cnf',
      '-in',
      'leaf.csr',
      '-out',
      'made.pem',
      '-days',
      '1',
      '-extensions',
      'leaf',
      '-notext',
    )
    issuer = Certificate.from(readFileSync(at('ca.pem')))
    leaf = Certificate.from(readFileSync(at('made.pem')))
  })

  it('its lists, in DER and PEM, and its answers, with the nonce of the question', async () => {
    await openssl('ca', '-config', 'ca.cnf', '-gencrl', '-out', 'made.crl')
    const empty = readCrl(readFileSync(at('made.crl')))
    verifyCrl(empty, { issuer, now: new Date() })
    expect([empty.size, empty.crlNumber, empty.find(leaf.serialNumber)]).toEqual([0, 10n, undefined])
    expect(await good()).toMatchObject({ status: 'good', evidence: { source: 'ocsp' } })

    await openssl('ca', '-config', 'ca.cnf', '-revoke', 'made.pem', '-crl_reason', 'superseded')
    await openssl('ca', '-config', 'ca.cnf', '-gencrl', '-out', 'made.crl')
    await openssl('crl', '-in', 'made.crl', '-outform', 'DER', '-out', 'made.der')
    for (const name of ['made.crl', 'made.der']) {
      const list = readCrl(readFileSync(at(name)))
      verifyCrl(list, { issuer, now: new Date() })
      expect([list.size, list.crlNumber]).toEqual([1, 11n])
      expect(list.find(leaf.serialNumber)?.reason).toBe('superseded')
    }
    expect(await good()).toMatchObject({
      status: 'revoked',
      reason: 'superseded',
      evidence: { source: 'ocsp' },
    })
  })
})
