/** Sends to a box and deletes from it, as fast as it can, from a process of its own. Told what by its environment. */
import { connect } from '../../../dist/index.js'
import { nurse, physician } from '../../../dist/professions/index.js'

const { environment, sender, owner, ids, titles } = JSON.parse(process.env.DISTURBER)
const keystore = ({ keystore: bytes, password }) => ({ bytes: Buffer.from(bytes, 'base64'), password })
const as = ({ ssin, nihii }) => ({ ssin, nihii })
const from = await connect({ environment, keystore: keystore(sender), as: physician(as(sender)) })
const at = await connect({ environment, keystore: keystore(owner), as: nurse(as(owner)) })
await from.ehbox.info()
await at.ehbox.info()
process.stdout.write('ready\n')

for (let turn = 0; turn < Math.max(ids.length, titles.length); turn++) {
  if (titles[turn] !== undefined)
    await from.ehbox.send({ to: [{ ssin: owner.ssin, quality: 'NURSE' }], title: titles[turn], body: '' })
  if (ids[turn] !== undefined) await at.ehbox.delete([ids[turn]], { folder: 'INBOX' })
  process.stdout.write('.')
}
await from.close()
await at.close()
