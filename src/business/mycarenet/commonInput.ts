/** The head of every request: test flag, origin, reference (spec memberdata-mycarenet §3.1, §3.5). */
import { EHealthError } from '../../errors.js'
import { belgianStamp } from '../../technical/environment/belgianCalendar.js'
import type { Environment } from '../../technical/environment/environment.js'
import type { Runtime } from '../../technical/environment/runtime.js'
import { careProviderOf, licensed, originFor, type CareProvider, type MyCareNetCaller } from './caller.js'
import type { CommonInputElement, CommonInputV4 } from './contract.js'

/** What a request says of itself. */
export interface CommonInputOptions {
  /** Reference of the request; a new one when omitted. 14 to 36 letters and digits. */
  reference?: string
  /** Short name of the service at the head of a new reference, for instance `MDA`. */
  service: string
  /** The care provider, where he is known already. */
  careProvider?: CareProvider
  /** Reference of MyCareNet itself, in the few messages that carry it. */
  nipReference?: string
}

/**
 * Common input of versions 2 and 3, and of the mailboxes.
 *
 * @throws EHealthError `mycarenet.licence`, `mycarenet.care-provider`, `mycarenet.test-flag`, `mycarenet.reference`,
 * `identifier.*`
 */
export async function commonInputOf(
  caller: MyCareNetCaller,
  options: CommonInputOptions,
): Promise<CommonInputElement & { InputReference: string }> {
  const IsTest = isTest(caller)
  const careProvider = options.careProvider ?? (await careProviderOf(caller))
  return {
    Request: { IsTest },
    Origin: originFor(caller, careProvider),
    InputReference: referenceOf(options, IsTest, caller.session.runtime),
    ...(options.nipReference === undefined ? {} : { NIPReference: options.nipReference }),
  }
}

/** What version 4 adds. */
export interface CommonInputV4Options extends CommonInputOptions {
  /** Further references by their type. */
  references?: readonly { type: string; value: string }[]
  /** For instance `urn:be:cin:nippin:attemptNbr`. */
  attributes?: readonly { key: string; value: string }[]
}

/**
 * Common input of version 4.
 *
 * @throws EHealthError as {@link commonInputOf}
 */
export async function commonInputV4Of(
  caller: MyCareNetCaller,
  { references = [], attributes = [], ...options }: CommonInputV4Options,
): Promise<CommonInputV4 & { InputReference: string }> {
  const { Origin, ...rest } = await commonInputOf(caller, options)
  const { Package, SiteID, CareProvider, Sender } = Origin
  return {
    ...rest,
    Origin: {
      Package,
      ...(SiteID === undefined ? {} : { SiteID }),
      CareProvider: CareProvider!,
      ...(Sender === undefined ? {} : { Sender }),
    },
    Reference: references.map(({ type: Type, value }) => ({ Type, value })),
    Attribute: attributes.map(({ key: Key, value: Value }) => ({ Key, Value })),
  }
}

/** What the environment is for: `undefined` for one of the caller's own. */
const testEnvironments: Readonly<Record<Environment['name'], boolean | undefined>> = {
  acceptance: true,
  integration: true,
  simulation: true,
  production: false,
  custom: undefined,
}

/**
 * Whether requests are tests.
 *
 * @throws EHealthError `mycarenet.test-flag` when the option contradicts the environment, or an environment of the
 * caller's own leaves it open
 */
export function isTest({ session, options }: MyCareNetCaller): boolean {
  const { name } = session.environment
  const expected = testEnvironments[name]
  const given = options?.test
  const value = given ?? expected
  if (value === undefined)
    throw new EHealthError(
      'mycarenet.test-flag',
      'an environment of your own does not tell whether requests are tests',
      {
        path: 'mycarenet.test',
        hint: 'Say it: mycarenet: { test: true } or { test: false }.',
      },
    )
  if (expected !== undefined && value !== expected)
    throw new EHealthError('mycarenet.test-flag', `requests in ${name} are ${expected ? '' : 'no '}tests`, {
      path: 'mycarenet.test',
    })
  return value
}

/**
 * Judges what needs no token: a licence is there, and the test flag goes with the environment.
 *
 * @throws EHealthError `mycarenet.licence`, `mycarenet.test-flag`
 */
export function checkCaller(caller: MyCareNetCaller): void {
  licensed(caller)
  isTest(caller)
}

const referenceText = /^[A-Za-z0-9]{14,36}$/

function referenceOf({ reference, service }: CommonInputOptions, test: boolean, runtime: Runtime): string {
  if (reference === undefined) return newReference(service, test, runtime)
  if (typeof reference !== 'string' || !referenceText.test(reference))
    throw new EHealthError('mycarenet.reference', 'expected 14 to 36 letters and digits', {
      path: 'reference',
    })
  return reference
}

/**
 * A reference that nobody used before: `T` or `P` for test and production, the service, time and chance, since two calls
 * may come within one millisecond.
 */
export function newReference(service: string, test: boolean, runtime: Runtime): string {
  const chance = Buffer.from(runtime.randomBytes(4)).toString('hex').toUpperCase()
  return `${test ? 'T' : 'P'}${service}${belgianStamp(runtime.now())}${chance}`
}
