/** The console of a simulator in a real browser: Debian's Chromium, driven by playwright-core. */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'

import { readPersona } from '../../src/cli/personas.js'
import { callerOf } from '../../src/configuration/caller.js'
import { connect, type ConnectOptions } from '../../src/index.js'
import type { BusinessServiceName } from '../../src/professions/index.js'
import { createTransport } from '../../src/technical/soap/transport.js'
import type { HttpRequest, HttpResponse, Transport } from '../../src/technical/soap/types.js'

const executablePath = process.env['EHEALTH_CHROMIUM'] ?? '/usr/bin/chromium'

/** What keeps the browser from running. */
export const missing = existsSync(executablePath)
  ? undefined
  : `no browser at ${executablePath} (EHEALTH_CHROMIUM names another one)`

/** A browser that asks nobody anything by itself. */
export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })

/** A page under watch. */
export interface WatchedPage {
  page: Page
  /** What should not have happened: errors, dialogs, violations of the policy, requests to somebody else. */
  mischief: string[]
}

/** Opens an address of the console and waits until it is live. */
export async function openConsole(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(8000)
  const mischief: string[] = []
  const own = new URL(address).origin
  page.on('console', (message) => {
    if (message.type() !== 'log') mischief.push(`${message.type()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => mischief.push(`error: ${error.message}`))
  page.on('dialog', (dialog) => {
    mischief.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(`${own}/`) && !url.startsWith('data:')) mischief.push(`request: ${url}`)
  })
  await page.addInitScript(
    `addEventListener('securitypolicyviolation', (event) => console.error('violates the policy: ' + event.violatedDirective))`,
  )
  await page.goto(address)
  await page.locator('.connection.live').waitFor()
  return { page, mischief }
}

/** A client of the simulator, as a program of a user would be. */
export async function client(
  directory: string,
  name: string,
  options: Partial<ConnectOptions<BusinessServiceName>> = {},
) {
  const { environment, keystore, password, profession, numbers } = await readPersona(directory, name)
  return connect({
    environment,
    keystore: { bytes: keystore, password },
    as: callerOf(profession, numbers),
    retry: { attempts: 1 },
    ...options,
  })
}

/** A network that changes what goes to one address. */
export async function tampering(
  directory: string,
  path: string,
  change: (body: string) => string,
): Promise<Transport> {
  const { environment } = await readPersona(directory, 'physician')
  const transport = createTransport({ trust: environment.trust.tls ?? [] })
  return {
    post: (request: HttpRequest): Promise<HttpResponse> => {
      if (!request.url.endsWith(path) || !(request.body instanceof Uint8Array)) return transport.post(request)
      const body = Buffer.from(change(Buffer.from(request.body).toString('latin1')), 'latin1')
      return transport.post({ ...request, body })
    },
    close: () => transport.close(),
  }
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds wrong with what a page shows now, one line each. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  if (!(await page.evaluate('typeof axe === "object"'))) await page.evaluate(axeSource)
  const violations = await page.evaluate<
    { id: string; nodes: { html: string; failureSummary?: string }[] }[]
  >('axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations)')
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`),
  )
}

/** How far the page is wider than its window. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
