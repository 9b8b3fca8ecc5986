/** Turns values of the official connector's properties into settings of ours. */
import path from 'node:path'

import { hosts } from '../../technical/environment/hosts.js'
import { platformUrl } from '../../technical/environment/environment.js'
import type { PlatformName, ServiceName } from '../../technical/environment/services.js'
import { professionOfKmehr } from '../caller.js'
import type { OfficialProperty, Translation } from './description.js'
import { environmentCodes } from './interpolate.js'
import { bypassOf, proxyUrl } from './proxy.js'
import { servicesOf } from './table.js'

/** What a value becomes. */
export interface Translated {
  /** Settings by path; empty where there is nothing to set. */
  readonly settings: Readonly<Record<string, unknown>>
  /** Goes before the remark of the table. */
  readonly remark?: string
  /** Something is to be done by hand; the value has not become a setting. */
  readonly attention?: boolean
}

/** What a translation may look at. */
export interface TranslationContext {
  readonly environment: PlatformName
  /** The value of a property, trimmed, with its look-ups done. */
  readonly valueOf: (name: string) => string | undefined
}

type Translate = (
  value: string,
  row: OfficialProperty,
  context: TranslationContext,
  name: string,
) => Translated

/** Translates the value of a row that has a translation. */
export function translate(
  value: string,
  row: OfficialProperty,
  context: TranslationContext,
  name: string,
): Translated {
  return row.translation === undefined
    ? { settings: {} }
    : translations[row.translation](value, row, context, name)
}

const nothing = (remark?: string): Translated => ({
  settings: {},
  ...(remark === undefined ? {} : { remark }),
})
const byHand = (remark: string): Translated => ({ settings: {}, remark, attention: true })
const set = (row: OfficialProperty, value: unknown): Translated => ({ settings: { [row.setting!]: value } })

/** Names of `java.util.concurrent.TimeUnit` in milliseconds. */
const timeUnits: Readonly<Record<string, number>> = {
  NANOSECONDS: 1e-6,
  MICROSECONDS: 1e-3,
  MILLISECONDS: 1,
  SECONDS: 1000,
  MINUTES: 60_000,
  HOURS: 3_600_000,
  DAYS: 86_400_000,
}

/** A duration: one property in `unit`, or `.duration` with `.timeunit`, which goes first. */
function durationOf(
  row: OfficialProperty,
  { valueOf }: TranslationContext,
  name: string,
  unit: number,
): Translated {
  const duration = valueOf(`${row.name}.duration`)
  const timeUnit = valueOf(`${row.name}.timeunit`)
  if (duration !== undefined && timeUnit === undefined)
    return byHand('duration without timeunit: the official connector does not read it')
  if (duration !== undefined && name === row.name) return nothing('the duration form goes before it')
  if (name.endsWith('.timeunit')) return nothing(`the unit of ${row.name}.duration`)
  const factor = duration === undefined ? unit : timeUnits[timeUnit!.toUpperCase()]
  if (factor === undefined) return byHand('the unit is no TimeUnit of Java')
  const text = duration ?? valueOf(row.name) ?? ''
  const milliseconds = /^\d{1,12}$/.test(text) ? Math.round(Number(text) * factor) : 0
  return milliseconds >= 1 ? set(row, milliseconds) : byHand('no duration above 0')
}

const storeOf = (context: TranslationContext, role: string): string | undefined => {
  const name = context.valueOf(`sessionmanager.${role}.keystore`)
  if (name === undefined || name === '') return undefined
  return path.isAbsolute(name) ? name : path.join(context.valueOf('KEYSTORE_DIR') ?? '', name)
}

const aliasOf = (context: TranslationContext, role: string): string =>
  context.valueOf(`sessionmanager.${role}.alias`) ?? 'authentication'

/** Whether token requests are signed with another key than calls. */
function separateIdentification(context: TranslationContext): boolean {
  const own = storeOf(context, 'identification')
  return (
    own !== undefined &&
    (own !== storeOf(context, 'holderofkey') ||
      aliasOf(context, 'identification') !== aliasOf(context, 'holderofkey'))
  )
}

/** Settings of the identification keystore count only where there is one. */
const ofKeystore =
  (
    to: (value: string, row: OfficialProperty, context: TranslationContext, role: string) => Translated,
  ): Translate =>
  (value, row, context, name) => {
    const role = name.split('.')[1]!
    return role === 'identification' && !separateIdentification(context)
      ? nothing('the keystore of the caller signs the token requests too')
      : to(value, row, context, role)
  }

const translations: Readonly<Record<Translation, Translate>> = {
  environment: (value, row) =>
    environmentCodes[value] === undefined
      ? byHand('no environment of the official connector: prd, acc or int')
      : set(row, environmentCodes[value]),
  keystore: ofKeystore((_, row, context, role) => {
    const file = storeOf(context, role)
    if (file === undefined) return byHand('no file is named')
    return /\.jks$/i.test(file)
      ? byHand(
          'a Java keystore (JKS) is not readable here: convert it with keytool -importkeystore -deststoretype pkcs12',
        )
      : set(row, file)
  }),
  alias: ofKeystore((value, row) =>
    value === 'authentication' ? nothing('the default here, too') : set(row, value),
  ),
  'empty-password': ofKeystore((value, row) =>
    value === 'true' ? set(row, true) : nothing('the keystore has a password'),
  ),
  validity: (_, row, context, name) => durationOf(row, context, name, timeUnits['HOURS']!),
  timeout: (_, row, context, name) => durationOf(row, context, name, 1),
  profession: (value, row) => {
    const profession = professionOfKmehr(value)
    return profession === undefined ? byHand('no profession here has that code') : set(row, profession)
  },
  text: (value, row) => (value === '' ? nothing('empty') : set(row, value)),
  'user-agent': (value, row) => {
    const parts = value.split(' ').filter((part) => part !== '')
    return parts.length > 0 && parts.every((part) => /^[a-zA-Z0-9]*\/[0-9a-zA-Z\-_.]*$/.test(part))
      ? set(row, parts.join(' '))
      : byHand('not of the form name/version: the official connector leaves it out, too')
  },
  endpoint: (value, row, { environment }, name) => endpoints(value, servicesOf(name), environment, row),
  proxy: (_, row, context, name) => {
    const url = proxyOf(context)
    if ((context.valueOf('https.proxyHost') ?? '').trim() === '')
      return nothing('no https.proxyHost: no proxy')
    if (url === undefined) return byHand('host and port of a proxy were expected')
    return name === 'https.proxyHost' ? set(row, url) : nothing('goes with https.proxyHost')
  },
  'proxy-bypass': (value, row, context) => {
    if (proxyOf(context) === undefined) return nothing('no https.proxyHost: no proxy')
    const { bypass, left } = bypassOf(value)
    const settings = bypass === '' ? {} : { [row.setting!]: bypass }
    return left.length === 0
      ? { settings }
      : { settings, remark: `has no counterpart: ${left.join(', ')}`, attention: true }
  },
  'sts-class': (value) =>
    value.endsWith('STSServiceWsTrustImpl')
      ? nothing()
      : byHand('the SAML 1.1 profile is chosen in the program: sts: { profile: saml-1.1 }'),
  algorithm: (value) =>
    /sha-?1$/i.test(value) ? byHand('SHA-1 is not written: SHA-256 with RSA or ECDSA') : nothing(),
  flavour: (value) =>
    value === 'passthrough' ? byHand('accepting every certificate is not possible here') : nothing(),
}

/** The address of the proxy for https, where there is one. */
const proxyOf = ({ valueOf }: TranslationContext): string | undefined => {
  const host = valueOf('https.proxyHost')?.trim()
  return host === undefined || host === '' ? undefined : proxyUrl(host, valueOf('https.proxyPort')?.trim())
}

function endpoints(
  url: string,
  named: readonly ServiceName[],
  environment: PlatformName,
  row: OfficialProperty,
): Translated {
  const differing = named.filter((name) => platformUrl(environment, name) !== url)
  // one official property for the three regions of MemberData: the address of one of them is no override of the others
  if (differing.length < named.length) return nothing("the platform's own address: nothing to set")
  const elsewhere = Object.entries(hosts.services).find(
    ([name, host]) => name !== environment && url.startsWith(`${host}/`),
  )
  return {
    settings: Object.fromEntries(differing.map((name) => [`endpoints.${name}`, url])),
    ...(elsewhere === undefined
      ? { remark: row.remark }
      : {
          remark: `an address of ${elsewhere[0]}, while the environment is ${environment}`,
          attention: true,
        }),
  }
}
