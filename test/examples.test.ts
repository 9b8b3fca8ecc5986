/** Every program of `examples/` runs as a user would run it: against the built package, by its own name. */
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const examples = join(root, 'examples')
const names = readdirSync(examples).filter((name) => name.endsWith('.ts'))

/** What each program shows when it does what it says. */
const shown: Readonly<Record<string, RegExp[]>> = {
  'send-and-read.ts': [
    /^read: Discharge letter, 1 annex$/m,
    /^author is the sender: true$/m,
    /^acknowledged: true$/m,
  ],
  'discharge-letter.ts': [
    /^sent to DOCTOR and HOSPITAL$/m,
    /^the GP reads: Discharge letter, scan\.pdf, sealed by its sender: true$/m,
    /^DOCTOR: read$/m,
    /^HOSPITAL: not read yet$/m,
    /^receipt: READ by DOCTOR$/m,
    /^receipt: RECEIVED by HOSPITAL$/m,
  ],
  'lab-result.ts': [
    /^sent$/m,
    /^warning: the box is filling up$/m,
    /^the box is used to \d0 %$/m,
    /^result\.pdf of the box GROUP_DOCTORS is on disk: true$/m,
  ],
  'absence.ts': [
    /^away until true$/m,
    /^NURSE is away, replaced by DOCTOR$/m,
    /^sent to DOCTOR$/m,
    /^the substitute reads: Please change the dressing daily\.$/m,
    /^deleted: 1$/m,
  ],
  'watch-inbox.ts': [
    /^set aside after 2 tries: handler$/m,
    /^handled 2, failed 1, set aside 1$/m,
    /^4 files$/m,
    /^once more: poison$/m,
    /^handled 1$/m,
  ],
  'insurability-of-all.ts': [
    /^posted november\.000001$/m,
    /^adult: insured$/m,
    /^deceased: deceased$/m,
    /^first run: asked 4, answered 4$/m,
    /^second run: asked 4, answered 0$/m,
  ],
  'seal-a-file.ts': [
    /^sealed: 18 bytes became \d{4}/m,
    /^unsealed: for your eyes only$/m,
    /^author: SSIN, the sender$/m,
  ],
  'sign-a-document.ts': [
    /^signed just now, to go as XadesT:$/m,
    /^valid: true, warnings: CERTIFICATE_STATUS_UNKNOWN$/m,
    /^covered: <record xmlns="urn:example"><of>nobody<\/of><\/record>$/m,
    /^forged: SIGNATURE_COULD_NOT_BE_VERIFIED \(xml-signature\.\w+\)$/m,
    /^enveloped: true, level xades$/m,
  ],
  'observe.ts': [
    /^log: ehealth call ended \[ 'ehealth' \]$/m,
    /^box of a DOCTOR$/m,
    /^phases: token write sign connect send wait receive record parse read$/m,
    /^offline: box of a DOCTOR, 0 exchanges left$/m,
  ],
  'address-book.ts': [
    /^Emma Voorbeeld, NIHII \d{11}\nEmma Voorbeeld, NIHII \d{11}$/m,
    /^10 pharmacies, the first: Synthetic Pharmacy \S+$/m,
    /^Noor Exemplaire: \S.* \d+, \d{4} \S+$/m,
    /^sent to NURSE$/m,
    /^The address book says PHYSICIAN\.$/m,
  ],
  'register-person.ts': [
    /^exact: none, initial: none, last-name: none$/m,
    /^created: BIS number for EXEMPLE$/m,
    /^person-registration\.used$/m,
    /^TESTC EXEMPLE, found by initial$/m,
    /^card: valid$/m,
  ],
  'national-register.ts': [
    /^register NR: \S+ [A-Z]+, born \d{4}-\d\d-\d\d$/m,
    /^the number was replaced$/m,
    /^born some time in \d{4}(-\d\d)?$/m,
    /^\d+ people sound alike$/m,
    /^too many: search by more$/m,
    /^hospital: decease unknown, address not-authorised$/m,
  ],
  'member-data.ts': [
    /^insured, codes 111\/111$/m,
    /^higher rate: true, approval of 30 characters$/m,
    /^global medical file: SAMPLEMANS$/m,
    /^sealed by WALCARENET: not-in-order$/m,
    /^not-answerable: UNKNOWN_NISS_ROUTING$/m,
  ],
  'prescription-archive.ts': [
    /^taken in: 100, the last as number 100$/m,
    /^first attempt: 1 failed$/m,
    /^second attempt: 1 archived$/m,
    /^proven: entry 42 of 100 in bag 1$/m,
    /^stamp: 1[0-5] checks passed$/m,
    /^audit: OK, 1 stamp here, 2 at the platform: one bag$/m,
  ],
  'any-service.ts': [
    /^getBoxInfo \(saml-hok\)$/m,
    /^status 100, box of a HOSPITAL, HTTP 200$/m,
    /^GetMessagesListRequest\.Source: missing$/m,
    /^node-soap: status 100$/m,
    /^encryption token of \d{4} octets$/m,
  ],
  'unaddressed-message.ts': [
    /^sealed for any nurse: key of 128 bits, named in the message: true$/m,
    /^the nurse reads: Dressing to be changed daily\.$/m,
    /^the hospital is refused: kgss\.key-not-found$/m,
  ],
  'remote-signer.ts': [
    /^box of a HOSPITAL, [2-9] signatures by the service$/m,
    /^without the service: keystore\.signer$/m,
  ],
  'session-pool.ts': [
    /^30 requests of DOCTOR, HOSPITAL, NURSE$/m,
    /^sessions: 3, token requests: 3$/m,
    /^sessions after somebody logged out: 2$/m,
    /^token requests after the restart: 0$/m,
  ],
  'sts-token.ts': [
    /^WS-Trust: \d+ attributes, holder-of-key$/m,
    /^two keys: signed by CN=/m,
    /^SAML 1\.1: \d+ attributes, holder-of-key$/m,
    /^renewed: another token true, longer true$/m,
    /^not granted: urn:be:fgov:person:ssin:nurse:boolean false, obtain-recognition$/m,
    /^page for the browser: true, form to \/idp\/profile\/SAML2\/Bearer\/POST$/m,
  ],
  'patient-access.ts': [
    /^before: no-consent, no-link$/m,
    /^consent: given, link: linked$/m,
    /^after: allowed via link$/m,
    /^signed by the patient: declared$/m,
    /^emergency: break-the-glass, recorded 1 time$/m,
  ],
  'timestamps.ts': [
    /^stamped: document, serial number of 15 digits$/m,
    /^proof: 12 checks passed, valid true$/m,
    /^another bag: timestamp\.other-data$/m,
    /^archive: bag 4711 with 2 entries$/m,
    /^complete: complete; without it: incomplete, 1 missing$/m,
  ],
  'technical-call.ts': [/^status 100, 0 of \d+ bytes used$/m, /^getBoxInfo answered with HTTP 200$/m],
}

// Inside of the package, so that its own name leads to it.
let directory: string
beforeAll(() => {
  mkdirSync(join(root, '.vitest'), { recursive: true })
  directory = mkdtempSync(join(root, '.vitest', 'examples-'))
})
afterAll(() => rmSync(directory, { recursive: true }))

describe('the examples', () => {
  it('are all known here', () => {
    expect(names.sort()).toEqual(Object.keys(shown).sort())
  })

  it('are sound for the compiler, and so are the declarations of the package that they use', () => {
    const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (file) => ts.sys.readFile(file)) as {
      config: object
    }
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
    const program = ts.createProgram(
      names.map((name) => join(examples, name)),
      { ...options, skipLibCheck: false },
    )
    const problems = ts
      .getPreEmitDiagnostics(program)
      .filter(({ file }) => file === undefined || !file.fileName.includes('/node_modules/'))
      .map(
        ({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
      )
    expect(problems).toEqual([])
  })

  it.each(names)('%s runs and shows what it promises', async (name) => {
    const { outputText } = ts.transpileModule(readFileSync(join(examples, name), 'utf8'), {
      compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext },
    })
    const program = join(directory, name.replace(/\.ts$/, '.mjs'))
    writeFileSync(program, outputText)
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [program])
    expect(stderr).toBe('')
    for (const line of shown[name]!) expect(stdout).toMatch(line)
  })
})
