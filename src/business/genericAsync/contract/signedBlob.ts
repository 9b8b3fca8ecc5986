/** What a signature beside a blob refers into: only the text and the identifier of the blob are looked at (spec §5.3). */
import { base64Binary, namespace, required, string, write } from '../../../technical/xml/index.js'

const none = namespace('', { prefix: '', qualified: false })
const Signed = none.element('Detail', none.simpleContent(base64Binary, { Id: required(string()) }))

/** The blob as a document that stands alone. */
export const signedDocument = (id: string, value: Uint8Array): string => write(Signed, { Id: id, value }).xml
