import { describe, expect, it } from 'vitest'
import { bundle } from './bundle.js'

const outside = (files: readonly string[], ...folders: string[]) =>
  files.filter((file) => !folders.some((folder) => file.startsWith(folder)))

describe('a bundle', () => {
  it('that parses one identifier holds that identifier and the catalogue of errors', async () => {
    const { files, packages } = await bundle(
      `import { parseSsin } from 'ehealth-connectors/identifiers'; console.log(parseSsin(process.argv[2]))`,
    )
    expect(packages).toEqual([])
    expect(files).toContain('technical/identifiers/ssin.js')
    expect(files).not.toContain('technical/identifiers/nihii.js')
    expect(outside(files, 'errors', 'technical/environment/', 'technical/identifiers/')).toEqual([])
  })

  it('that seals has no SOAP, no session and no service in it', async () => {
    const { files, packages } = await bundle(
      `import { seal } from 'ehealth-connectors/seal'; console.log(seal)`,
    )
    expect(files).toContain('technical/seal/seal.js')
    const below = ['asn1', 'environment', 'identifiers', 'keystore', 'pki', 'seal']
    expect(outside(files, 'errors', ...below.map((folder) => `technical/${folder}/`))).toEqual([])
    expect(packages).toEqual([])
  })

  it('of a session loads neither simulator nor command, and no package at the start', async () => {
    const { files, packages, later } = await bundle(
      `import { connect } from 'ehealth-connectors'
       import { physician } from 'ehealth-connectors/professions'
       console.log(connect, physician)`,
    )
    expect(files).toContain('connect.js')
    expect(files.filter((file) => /^(simulator|cli)\//.test(file))).toEqual([])
    expect(packages).toEqual([])
    // the client of any service by its WSDL, when one is first opened
    expect(later).toContain('createClientAsync')
  })
})
