/** The `ehealth` command: subcommands mirror the library (design §9). */
import { Command, CommanderError } from 'commander'

import { examples } from './examples.js'
import { speakCommander } from './language/commander.js'
import { languageOf, speak, t } from './language/index.js'
import type { ErrorDocument } from './json/index.js'
import { exitCode, plain, printJson, report } from './output.js'
import { version } from './version.js'

type Register = (program: Command) => void

/** Where each command is found, in the order of the help. A command that is named is loaded alone. */
const commands: Readonly<Record<string, () => Promise<Register>>> = {
  demo: async () => (await import('./commands/demo.js')).registerDemo,
  init: async () => (await import('./commands/init.js')).registerInit,
  simulator: async () => (await import('./commands/simulator.js')).registerSimulator,
  doctor: async () => (await import('./commands/doctor.js')).registerDoctor,
  explain: async () => (await import('./commands/explain.js')).registerExplain,
  keystore: async () => (await import('./commands/keystore.js')).registerKeystore,
  identifier: async () => (await import('./commands/identifier.js')).registerIdentifier,
  token: async () => (await import('./commands/token.js')).registerToken,
  etk: async () => (await import('./commands/etk.js')).registerEtk,
  kgss: async () => (await import('./commands/kgss.js')).registerKgss,
  seal: async () => (await import('./commands/seal.js')).registerSeal,
  unseal: async () => (await import('./commands/unseal.js')).registerUnseal,
  verify: async () => (await import('./commands/verify.js')).registerVerify,
  ehbox: async () => (await import('./commands/ehbox.js')).registerEhbox,
  addressbook: async () => (await import('./commands/addressbook.js')).registerAddressBook,
  consent: async () => (await import('./commands/consent.js')).registerConsent,
  therlink: async () => (await import('./commands/therlink.js')).registerTherlink,
  'may-read': async () => (await import('./commands/mayRead.js')).registerMayRead,
  person: async () => (await import('./commands/person.js')).registerPerson,
  card: async () => (await import('./commands/card.js')).registerCard,
  'member-data': async () => {
    const [{ registerMemberData }, { registerMemberDataBatch }] = await Promise.all([
      import('./commands/memberData.js'),
      import('./commands/memberDataBatch.js'),
    ])
    return (program) => {
      registerMemberData(program)
      registerMemberDataBatch(program)
    }
  },
  timestamp: async () => (await import('./commands/timestamp.js')).registerTimestamp,
  call: async () => (await import('./commands/call.js')).registerCall,
  completion: async () => (await import('./commands/completion.js')).registerCompletion,
}

/** All of them where none is named, for the help and to tell what was probably meant, and where one wants to know all. */
async function commandsFor(argv: readonly string[]): Promise<Register[]> {
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) return []
  const named = argv.find((parameter) => !parameter.startsWith('-')) ?? ''
  const found =
    Object.hasOwn(commands, named) && named !== 'completion' ? [commands[named]!] : Object.values(commands)
  return await Promise.all(found.map((load) => load()))
}

/** Puts the examples of each command below its help. */
function showExamples(command: Command, path = ''): void {
  const shown = Object.hasOwn(examples, path) ? examples[path]! : []
  if (shown.length > 0) {
    const title = shown.length === 1 ? t`Example` : t`Examples`
    command.addHelpText('after', ['', t`${title}:`, ...shown.map((line) => `  ehealth ${line}`)].join('\n'))
  }
  for (const below of command.commands) showExamples(below, `${path} ${below.name()}`.trim())
}

/** The command in the language spoken, with those below it that `argv` may mean; with all of them where it names none. */
export async function commandTree(argv: readonly string[] = []): Promise<Command> {
  const program = new Command('ehealth')
    .description('The Belgian eHealth platform from the command line')
    .version(version())
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
  await speakCommander(program)
  for (const register of await commandsFor(argv)) register(program)
  showExamples(program)
  return program
}

/** Commands whose JSON is one document a line: failures, too. */
const inLines = /^(simulator|ehbox watch|member-data batch|timestamp serve)\b/

/** Runs the command line and gives the exit code: 0 done, 1 refused or failed, 2 usage. */
export async function main(argv: readonly string[]): Promise<number> {
  await speak(languageOf(process.env))
  const program = await commandTree(argv)
  const json = argv.includes('--json')
  const pretty = !inLines.test(argv.join(' '))
  process.exitCode = undefined
  try {
    await program.parseAsync([...argv], { from: 'user' })
    return takeExitCode() ?? exitCode.done
  } catch (error) {
    if (!(error instanceof CommanderError)) return await report(error, json, pretty)
    if (error.exitCode === 0) return exitCode.done
    // a person has been told by now
    if (json) printJson<ErrorDocument>({ error: { code: 'usage', message: usageText(error) } }, pretty)
    return exitCode.usage
  }
}

/** What commander said, without its title. */
const usageText = ({ message }: CommanderError): string =>
  plain(message.replace(/^error: /, '').split('\n')[0]!)

/** What a command left as its verdict; the process itself is `main`'s caller's to end. */
function takeExitCode(): number | undefined {
  const code = process.exitCode
  process.exitCode = undefined
  return typeof code === 'number' ? code : undefined
}
