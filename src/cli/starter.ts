/** The project that `ehealth init` writes: one function that does the main job, a program, and a test on the simulator. */

/** Files by their path in the project. */
export function starterFiles(name: string, version: string): Readonly<Record<string, string>> {
  return {
    'package.json': `${JSON.stringify(manifest(name, version), undefined, 2)}\n`,
    'tsconfig.json': `${JSON.stringify(compiler, undefined, 2)}\n`,
    '.gitignore': 'node_modules/\ndist/\n*.p12\n*.acc-p12\n*.pem\nehealth.json\n',
    'README.md': readme(name),
    'src/letter.ts': letter,
    'src/main.ts': main,
    'src/letter.test.ts': test,
  }
}

const manifest = (name: string, version: string): object => ({
  name,
  version: '0.1.0',
  private: true,
  type: 'module',
  engines: { node: '>=20.19.0' },
  scripts: {
    build: 'tsc',
    start: 'npm run --silent build && node dist/main.js',
    // without a folder's name: Node.js 20 and 22 take it differently
    test: 'npm run --silent build && cd dist && node --test',
  },
  dependencies: { 'ehealth-connectors': `^${version}` },
  devDependencies: { '@types/node': '^20.19.0', typescript: '^5.9.0' },
})

const compiler = {
  compilerOptions: {
    target: 'es2022',
    module: 'nodenext',
    lib: ['es2022', 'esnext.disposable'],
    types: ['node'],
    strict: true,
    rootDir: 'src',
    outDir: 'dist',
  },
  include: ['src'],
}

const readme = (name: string): string => `# ${name}

\`\`\`sh
npm install
npm start   # sends a letter on the embedded simulator and reads it as its addressee
npm test    # the same, as a test
\`\`\`

\`src/letter.ts\` is yours to change. Against the platform's acceptance environment it is the same function, with a
connection of your own:

\`\`\`ts
await using me = await connect({
  environment: 'acceptance',
  trust: { sts: [stsPem], signers: [rootPem] },
  keystore: { file: 'physician.acc-p12', password: process.env.EHEALTH_KEYSTORE_PASSWORD ?? '' },
  as: physician({ ssin, nihii }),
})
\`\`\`

\`npx ehealth doctor --environment acceptance --keystore physician.acc-p12 --password-env EHEALTH_KEYSTORE_PASSWORD --as physician\`
tells what is still missing for that.
`

const letter = `import type { Connection } from 'ehealth-connectors'

/** Anybody with a mailbox: which services a connection has follows from the profession. */
type WithMailbox = Connection<'ehbox'>

/** Sends a sealed letter to a nurse; gives the id of the publication. */
export async function sendLetter(me: WithMailbox, to: string, title: string, body: string): Promise<string> {
  const sent = await me.ehbox.send({ to: [{ ssin: to, quality: 'NURSE' }], title, body, encrypt: true })
  if (sent.outcome === 'out-of-office') throw new Error('the addressee is absent: choose a substitute')
  if (sent.id === undefined) throw new Error('the platform gave no id')
  return sent.id
}

/** Titles of the letters in the inbox whose author is who the mailbox says. */
export async function titles(me: WithMailbox): Promise<string[]> {
  const found: string[] = []
  for await (const item of me.ehbox.messages({ folder: 'INBOX' })) {
    const message = await me.ehbox.read(item)
    if (message.type === 'DOCUMENT' && message.verification?.authorMatchesSender === true) found.push(message.title)
  }
  return found
}
`

const world = `await using simulator = await startSimulator()
const { physician: ada, nurse: noor } = simulator.personas
const { environment } = simulator

await using me = await connect({
  environment,
  keystore: { bytes: ada.keystore, password: ada.password },
  as: physician({ ssin: ada.ssin, nihii: ada.nihii }),
})
await using colleague = await connect({
  environment,
  keystore: { bytes: noor.keystore, password: noor.password },
  as: nurse({ ssin: noor.ssin, nihii: noor.nihii }),
})
`

const imports = `import { connect } from 'ehealth-connectors'
import { nurse, physician } from 'ehealth-connectors/professions'
import { startSimulator } from 'ehealth-connectors/simulator'
`

const main = `${imports}
import { sendLetter, titles } from './letter.js'

${world}
console.log('sent:', await sendLetter(me, noor.ssin, 'Discharge letter', 'Dear colleague, …'))
console.log('in the inbox:', await titles(colleague))
`

const test = `import assert from 'node:assert/strict'
import { test } from 'node:test'

${imports}
import { sendLetter, titles } from './letter.js'

test('a sealed letter reaches its addressee', async () => {
${world.trimEnd().replaceAll(/^(?=.)/gm, '  ')}

  await sendLetter(me, noor.ssin, 'Discharge letter', 'Dear colleague, …')
  assert.deepEqual(await titles(colleague), ['Discharge letter'])
})
`
