/** The `ehealth` command: subcommands mirror the library (design §9). */
import { Command, CommanderError } from 'commander'

import { registerAddressBook } from './commands/addressbook.js'
import { registerCall } from './commands/call.js'
import { registerConsent } from './commands/consent.js'
import { registerDemo } from './commands/demo.js'
import { registerDoctor } from './commands/doctor.js'
import { registerEhbox } from './commands/ehbox.js'
import { registerEtk } from './commands/etk.js'
import { registerIdentifier } from './commands/identifier.js'
import { registerKeystore } from './commands/keystore.js'
import { registerKgss } from './commands/kgss.js'
import { registerMayRead } from './commands/mayRead.js'
import { registerMemberDataBatch } from './commands/memberDataBatch.js'
import { registerSeal } from './commands/seal.js'
import { registerSimulator } from './commands/simulator.js'
import { registerTherlink } from './commands/therlink.js'
import { registerToken } from './commands/token.js'
import { registerUnseal } from './commands/unseal.js'
import { registerMemberData } from './commands/memberData.js'
import { registerVerify } from './commands/verify.js'
import { exitCode, report } from './output.js'
import { version } from './version.js'

/** Runs the command line and gives the exit code: 0 done, 1 refused or failed, 2 usage. */
export async function main(argv: readonly string[]): Promise<number> {
  const program = new Command('ehealth')
    .description('The Belgian eHealth platform from the command line')
    .version(version())
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
  for (const register of [
    registerDemo,
    registerSimulator,
    registerDoctor,
    registerKeystore,
    registerIdentifier,
    registerToken,
    registerEtk,
    registerKgss,
    registerSeal,
    registerUnseal,
    registerVerify,
    registerEhbox,
    registerAddressBook,
    registerConsent,
    registerTherlink,
    registerMayRead,
    registerMemberData,
    registerMemberDataBatch,
    registerCall,
  ])
    register(program)
  process.exitCode = undefined
  try {
    await program.parseAsync([...argv], { from: 'user' })
    return takeExitCode() ?? exitCode.done
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.done : exitCode.usage
    return report(error, argv.includes('--json'))
  }
}

/** What a command left as its verdict; the process itself is `main`'s caller's to end. */
function takeExitCode(): number | undefined {
  const code = process.exitCode
  process.exitCode = undefined
  return typeof code === 'number' ? code : undefined
}
