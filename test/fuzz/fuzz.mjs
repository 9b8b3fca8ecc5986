/**
 * Throws changed messages and tokens at the readers of sealed messages, encryption tokens, time stamps and signatures of
 * documents.
 *
 *     npm run fuzz                     ten minutes
 *     npm run fuzz -- --seconds 20 --seed 7
 *
 * A finding is an error that is no EHealthError, an input that takes longer than two seconds, memory that grows, or two
 * readers of the same message that disagree. Inputs that reached an outcome not seen before are kept as a corpus in
 * `fixtures/fuzz` with `--keep`; findings are written to the directory of `--findings` (default: the system's temporary
 * one). Needs `npm run build`.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

import { EHealthError } from '../../dist/errors.js'
import { readToken, verifyToken } from '../../dist/technical/etk/index.js'
import { openDecryptionKeys } from '../../dist/technical/keystore/index.js'
import { Certificate } from '../../dist/technical/pki/index.js'
import { readRecipients, unsealReport, unsealStream, verifySender } from '../../dist/technical/seal/index.js'
import { verifyTimestampToken } from '../../dist/technical/timestampToken/index.js'
import { verifyCades, verifyXml } from '../../dist/technical/xades/index.js'
import { generator, mutate } from './mutate.mjs'

const { values: given } = parseArgs({
  options: {
    seconds: { type: 'string', default: '600' },
    seed: { type: 'string', default: '1' },
    keep: { type: 'boolean', default: false },
    findings: { type: 'string', default: join(tmpdir(), 'ehealth-fuzz') },
  },
})
const root = new URL('../../', import.meta.url)
const etee = (name) => readFileSync(new URL(`fixtures/etee/${name}`, root))
const corpusDirectory = new URL('fixtures/fuzz/', root)
const random = generator(Number(given.seed))
setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc')

const trust = ['root-ca', 'issuing-ca'].map((name) => Certificate.from(etee(`pki/${name}.cer`)))
const { password, messages, etks } = JSON.parse(etee('manifest.json').toString())
const keys = await openDecryptionKeys({ bytes: etee('keystores/recipient-a.p12') }, { password })
const secret = Buffer.from(JSON.parse(etee('keys/keys.json').toString())['key-128'].key, 'base64')
const at = new Date('2026-11-22T21:03:00Z')
const opening = { keys, secretKey: secret, trust, now: at }

const fixture = (path) => readFileSync(new URL(`fixtures/${path}`, root))
const filesIn = (folder, ending) =>
  readdirSync(new URL(`fixtures/${folder}/`, root))
    .filter((name) => name.endsWith(ending))
    .map((name) => fixture(`${folder}/${name}`))
const signing = JSON.parse(fixture('xmldsig/index.json').toString())
const certificates = (paths) => paths.flatMap((path) => Certificate.allFrom(fixture(`xmldsig/${path}`)))
const judging = {
  trust: certificates(signing.trustedCAs),
  timestampAuthorities: certificates(signing.trustedTSAs),
  at: new Date('2026-06-15T10:00:00Z'),
}
const signedDocument = fixture('xmldsig/must-verify/blob-xades-t.document.xml')
const told = ({ valid, errors, warnings }) =>
  JSON.stringify([valid, ...[...errors, ...warnings].map(({ reason, code }) => reason ?? code)])

/** What is read, how, and a word for the outcome. */
const targets = {
  message: {
    seeds: [...new Set(messages.map(({ file }) => file))].map(etee).filter(({ length }) => length < 50_000),
    run: async (bytes) => {
      const report = await unsealReport(bytes, opening)
      const streamed = await unsealStream(pieces(bytes), opening).then(
        ({ content }) => (content.destroy(), 'accepted'),
        (error) => (error instanceof EHealthError ? JSON.stringify(error.details) : Promise.reject(error)),
      )
      const { accepted, fatal, errors, warnings } = report
      const own = accepted
        ? 'accepted'
        : JSON.stringify({ ...(fatal === undefined ? {} : { fatal }), errors, warnings })
      if (own !== streamed) throw new Error(`memory says ${own}, stream says ${streamed}`)
      const sender = await verifySender(bytes, { trust, now: at })
      return `${own} ${sender.accepted}`
    },
  },
  recipients: {
    seeds: [],
    run: (bytes) => `${Object.values(readRecipients(bytes)).map(({ length }) => length)}`,
  },
  stamp: {
    seeds: filesIn('timestamps/tokens', '.bin'),
    run: async (bytes) =>
      told(
        await verifyTimestampToken(bytes, {
          data: signedDocument,
          trust: judging.timestampAuthorities,
          at: judging.at,
        }),
      ),
  },
  signature: {
    seeds: ['must-verify', 'must-fail', 'policy'].flatMap((folder) => filesIn(`xmldsig/${folder}`, '.xml')),
    run: async (bytes) =>
      told(await verifyXml(bytes, judging)) +
      told(await verifyXml(signedDocument, { ...judging, signature: bytes })),
  },
  cades: {
    seeds: filesIn('xmldsig/must-verify', '.p7'),
    run: async (bytes) => told(await verifyCades(bytes, { ...judging, content: signedDocument })),
  },
  token: {
    seeds: etks.map(({ file }) => etee(file)),
    run: (bytes) => {
      const token = readToken(bytes)
      return JSON.stringify(verifyToken(token, { trust, at }).verified.warnings)
    },
  },
}
targets.recipients.seeds = targets.message.seeds

async function* pieces(bytes) {
  for (let offset = 0; offset < bytes.length;) {
    const size = 1 + random.below(3000)
    yield bytes.subarray(offset, offset + size)
    offset += size
  }
}

mkdirSync(corpusDirectory, { recursive: true })
for (const name of readdirSync(corpusDirectory))
  targets[name.split('-')[0]]?.seeds.push(readFileSync(new URL(name, corpusDirectory)))

let findings = 0
function finding(target, bytes, what) {
  findings += 1
  mkdirSync(given.findings, { recursive: true })
  const file = join(
    given.findings,
    `${target}-${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}.bin`,
  )
  writeFileSync(file, bytes)
  console.log(`FINDING in ${target}: ${what}\n  ${file}`)
}

const mostMilliseconds = 2000
const mostGrowth = 64 * 2 ** 20
const seen = new Set()
const names = Object.keys(targets)
const end = performance.now() + Number(given.seconds) * 1000
let runs = 0
let baseline
while (performance.now() < end && findings < 20) {
  const name = names[runs % names.length]
  const { seeds, run } = targets[name]
  const seed = random.pick(seeds)
  const bytes = runs < seeds.length * names.length ? seed : mutate(seed, seeds, random)
  const started = process.cpuUsage()
  let outcome
  try {
    outcome = await run(bytes)
  } catch (error) {
    outcome = error instanceof EHealthError ? `${error.code} ${error.cause?.message ?? ''}` : undefined
    if (outcome === undefined) finding(name, bytes, error?.stack ?? String(error))
  }
  const { user, system } = process.cpuUsage(started)
  if ((user + system) / 1000 > mostMilliseconds)
    finding(name, bytes, `took ${Math.round((user + system) / 1000)} ms of processor time`)
  runs += 1
  const fresh = `${name} ${outcome?.replace(/\d+/g, '#')}`
  if (outcome !== undefined && !seen.has(fresh)) {
    seen.add(fresh)
    if (bytes !== seed) {
      seeds.push(Buffer.from(bytes))
      if (given.keep && bytes.length < 8000) {
        const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 12)
        writeFileSync(new URL(`${name}-${digest}.bin`, corpusDirectory), bytes)
      }
    }
  }
  if (runs % 3000 === 0) {
    collectGarbage()
    const { heapUsed, external } = process.memoryUsage()
    const inputs = names.reduce(
      (sum, key) => sum + targets[key].seeds.reduce((all, { length }) => all + length, 0),
      0,
    )
    const used = heapUsed + external - inputs
    baseline ??= used
    if (used - baseline > mostGrowth) finding(name, bytes, `memory grew by ${used - baseline} octets`)
  }
}
console.log(`${runs} inputs, ${seen.size} outcomes, ${findings} findings, seed ${given.seed}`)
process.exitCode = findings === 0 ? 0 : 1
