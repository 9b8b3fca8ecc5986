/** One simulator with its console, one browser, one page that all cases share. */
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'

import { startSimulatorProcess, workplace, type RunningSimulator } from '../../test/cli/run.js'
import { client, launch, openConsole, type WatchedPage } from './browser.js'

type Client = Awaited<ReturnType<typeof client>>

export const nurseSsin = '84112399460'
/** A patient that every simulator has. */
export const patient = {
  ssin: '68052199235',
  eidCard: '599000010135',
  firstName: 'Lou',
  familyName: 'Voorbeeld',
}

export class Stage {
  simulator!: RunningSimulator
  browser!: Browser
  doctor!: Client
  directory!: string
  /** Address of the console. */
  ui!: string
  #watched!: WatchedPage

  get page(): Page {
    return this.#watched.page
  }
  get mischief(): string[] {
    return this.#watched.mischief
  }

  readonly rows = (): Locator => this.page.locator('#exchange-list .row')
  readonly tab = (name: string): Locator => this.page.getByRole('tab', { name })
  readonly detail = (section: string): Locator => this.page.locator(`#detail-${section}`)

  /** Sends a letter to the nurse, sealed unless said otherwise. */
  readonly send = (title: string, body: string, encrypt = true, me = this.doctor) =>
    me.ehbox.send({ to: [{ ssin: nurseSsin, quality: 'NURSE' }], title, body, encrypt })

  async startSimulator(...more: string[]): Promise<void> {
    this.simulator = await startSimulatorProcess(['--port', '0', '--dir', this.directory, '--ui', ...more])
    this.ui = (this.simulator.ready as RunningSimulator['ready'] & { ui: string }).ui
  }

  /** Opens the page of all cases. */
  async open(): Promise<void> {
    this.#watched = await openConsole(this.browser, this.ui)
  }
}

/** Makes the stage before the cases and takes it down after them; no case may leave mischief behind. */
export function stage(): Stage {
  const made = new Stage()
  const at = workplace()
  beforeAll(async () => {
    made.directory = at('platform')
    const [browser] = await Promise.all([launch(), made.startSimulator()])
    made.browser = browser
    made.doctor = await client(made.directory, 'physician')
    await made.open()
  })
  afterEach(() => expect(made.mischief.splice(0)).toEqual([]))
  afterAll(async () => {
    await made.browser?.close()
    await made.doctor?.session.close()
    await made.simulator?.stop()
  })
  return made
}
