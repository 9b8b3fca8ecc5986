/** What of PKCS#11 needs no token; the rest is in conformance/pkcs11.test.ts. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

import type { EHealthError } from '../../../src/errors.js'
import { openPkcs11 } from '../../../src/technical/keystore/pkcs11/index.js'
import { pinSource, type PinRequest } from '../../../src/technical/keystore/pkcs11/pin.js'
import {
  isLost,
  isStateOf,
  refusalOf,
  returnValueOf,
} from '../../../src/technical/keystore/pkcs11/refusals.js'
import { code } from './fixtures.js'

const request = (pinAttempts: PinRequest['pinAttempts']): PinRequest => ({
  reason: 'login',
  tokenLabel: 'card',
  pinAttempts,
  signal: new AbortController().signal,
})

/** As the addon throws, taken apart or not. */
const thrown = (name: string, value: number): Error => Object.assign(new Error(name), { code: value })

describe('a fixed PIN', () => {
  it('is tried once, and not again after the token refused it', async () => {
    const source = pinSource('123456')
    expect(await source.ask(request('normal'))).toBe('123456')
    source.refused()
    const error = await source.ask(request('low')).catch((found: unknown) => found as EHealthError)
    expect(error).toMatchObject({ code: 'keystore.pin' })
    expect(JSON.stringify(error)).not.toContain('123456')
  })

  it('is never spent on the last attempt, while a person may', async () => {
    await expect(pinSource('123456').ask(request('final'))).rejects.toThrow(code('keystore.pin'))
    expect(await pinSource(() => '123456').ask(request('final'))).toBe('123456')
  })

  it('is forgotten at the end', async () => {
    const source = pinSource('123456')
    source.forget()
    await expect(source.ask(request('normal'))).rejects.toThrow(code('keystore.pin-required'))
  })
})

describe('what a token answers', () => {
  it.each([
    [0xa0, 'keystore.pin'],
    [0xa3, 'keystore.pin-expired'],
    [0xa4, 'keystore.pin-locked'],
    [0x101, 'keystore.pin-required'],
    [0x50, 'keystore.cancelled'],
    [0x32, 'keystore.removed'],
    [0xe0, 'keystore.removed'],
    [0xb3, 'keystore.removed'],
    [0x70, 'keystore.mechanism'],
    [0x68, 'keystore.mechanism'],
    [0x30, 'keystore.device'],
    [0x80000001, 'keystore.device'],
  ])('0x%s is %s', (value, expected) => {
    const raw = thrown('CKR_NAME', value)
    expect(refusalOf(raw)).toMatchObject({ code: expected, cause: raw, details: { returnValue: 'CKR_NAME' } })
    // FindObjects of the addon does not take its errors apart
    expect(refusalOf(new Error(`CKR_NAME:${value}`))).toMatchObject({ code: expected })
  })

  it('is told from what did not come from a token', () => {
    expect(returnValueOf(new TypeError('Argument 1 has wrong type'))).toBeUndefined()
    expect(refusalOf(new Error('no'))).toMatchObject({ code: 'keystore.device' })
  })

  it('says of a decryption nothing but the state of the token', () => {
    // ENCRYPTED_DATA_INVALID, ENCRYPTED_DATA_LEN_RANGE, DATA_INVALID, GENERAL_ERROR, FUNCTION_FAILED, DEVICE_ERROR
    for (const value of [0x40, 0x41, 0x20, 5, 6, 0x30])
      expect(isStateOf({ name: '', value }), String(value)).toBe(false)
    for (const value of [0x32, 0xb3, 0x101, 0x50, 0xe0])
      expect(isStateOf({ name: '', value }), String(value)).toBe(true)
    expect(isLost({ name: '', value: 0x32 })).toBe(true)
    expect(isLost({ name: '', value: 0xa0 })).toBe(false)
  })
})

describe('opening a token', () => {
  it.each([
    ['library', {}],
    ['library', { library: '' }],
    ['slot', { library: 'x', slot: -1 }],
    ['slot', { library: 'x', slot: '1' }],
    ['pin', { library: 'x', pin: '' }],
    ['pin', { library: 'x', pin: 1234 }],
    ['sessions', { library: 'x', sessions: 0 }],
    ['password', { library: 'x', password: '1234' }],
  ])('refuses an impossible %s, without its value', async (path, options) => {
    const error = await openPkcs11(options as never).catch((found: unknown) => found as EHealthError)
    expect(error).toMatchObject({ code: 'configuration.invalid', path })
    expect(JSON.stringify(error)).not.toContain('1234')
  })

  it.each([
    [
      'is absent',
      `throw Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' })`,
      'npm install pkcs11js',
    ],
    [
      'was not built',
      `throw Object.assign(new Error('Cannot find module ./build/Release/pkcs11.node'), { code: 'MODULE_NOT_FOUND' })`,
      'npm rebuild pkcs11js',
    ],
  ])('says what to do where the addon %s', async (_, failure, advice) => {
    const hooks = `data:text/javascript,${encodeURIComponent(
      `export async function resolve(specifier, context, next) {
        if (specifier === 'pkcs11js') ${failure}
        return next(specifier, context)
      }`,
    )}`
    const preload = `import { register } from 'node:module'; register(${JSON.stringify(hooks)})`
    const program = `
      import { openPkcs11 } from 'ehealth-connectors/pkcs11'
      await openPkcs11({ library: 'x.so' }).catch(({ code, hint }) => console.log(code, hint))`
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [
        '--import',
        `data:text/javascript,${encodeURIComponent(preload)}`,
        '--input-type=module',
        '-e',
        program,
      ],
      { cwd: fileURLToPath(new URL('../../../', import.meta.url)) },
    )
    expect(stdout).toMatch(/^keystore\.addon /)
    expect(stdout).toContain(advice)
  })
})
