/** Where the calls of a service go, when several endpoints come and go. */
import { beforeEach, describe, expect, it } from 'vitest'

import { Routes, type SwitchedService } from '../../../src/technical/businessContinuity/routes.js'
import type { ServiceList } from '../../../src/technical/businessContinuity/serviceList.js'

const [one, two, three] = ['https://one.test/x', 'https://two.test/x', 'https://three.test/x'] as const
const list = (...urls: string[]): ServiceList =>
  ({
    services: [
      { id: 'x', name: 'X', endpoints: urls.map((url, order) => ({ url, order, active: order === 0 })) },
    ],
  }) as unknown as ServiceList

let now: number
let told: string[]
let routes: Routes
beforeEach(() => {
  now = Date.parse('2026-03-02T08:00:00Z')
  told = []
  const tell = (word: string) => (switched: SwitchedService) =>
    void told.push(`${word} ${switched.from.slice(8, 11)} ${switched.to.slice(8, 11)}`)
  routes = new Routes({
    now: () => new Date(now),
    expiry: 60_000,
    onSwitch: tell('switched'),
    onReturn: tell('returned'),
  })
  routes.use(list(one, two, three))
})
const endpoints = (): string[] => routes.endpointsOf('ehboxConsultation', one)
const failed = (...urls: string[]) => urls.map((endpoint) => ({ endpoint, code: 'transport.connect' }))

describe('a service with three endpoints', () => {
  it('knows its usual one however many others stood in', () => {
    routes.answered('ehboxConsultation', two, failed(one))
    expect(endpoints()).toEqual([two, one, three])
    routes.answered('ehboxConsultation', three, failed(two, one))
    expect(endpoints()[0]).toBe(three)
    expect(routes.switched).toMatchObject([{ from: one, to: three }])
    routes.answered('ehboxConsultation', one, failed(three))
    expect(endpoints()).toEqual([one, two, three])
    expect(routes.switched).toEqual([])
    expect(told).toEqual(['switched one two', 'switched one thr', 'returned one thr'])
  })

  it('is tried at its usual one when the time of the other is over', () => {
    routes.answered('ehboxConsultation', two, failed(one))
    now += 59_999
    expect(endpoints()[0]).toBe(two)
    now += 1
    expect(endpoints()[0]).toBe(one)
    expect(told).toEqual(['switched one two', 'returned one two'])
  })

  it('goes by a new list at once, and by none that has lost the other one', () => {
    routes.answered('ehboxConsultation', two, failed(one))
    routes.use(list(one, three))
    expect(endpoints()).toEqual([one, three])
    expect(routes.switched).toEqual([])
    // attempts at one and the same endpoint are no reason to go elsewhere
    routes.answered('ehboxConsultation', one, failed(one, one))
    expect(routes.switched).toEqual([])
  })
})
