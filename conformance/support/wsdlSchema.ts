/** All schemas of a WSDL as one, for xmllint: the judge of messages that are written from that WSDL. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { schemaNamespace, type Documents } from '../../src/technical/service/documents.js'
import { rawElement } from '../../src/technical/xml/parse.js'
import { attribute, childElements } from '../../src/technical/xml/tree.js'

/** Writes a schema that imports every namespace of the WSDL into the directory; gives its path. */
export function writeJudge(documents: Documents, directory: string): string {
  const places = new Map<string, string>()
  for (const { url, document } of documents) {
    const { root } = document
    if (root.namespace === schemaNamespace) {
      const target = attribute(root, 'targetNamespace')
      if (target !== undefined && !places.has(target)) places.set(target, url)
      continue
    }
    // schemas inside of the WSDL become files of their own
    const inner = childElements(root)
      .filter(({ local }) => local === 'types')
      .flatMap(childElements)
    inner.forEach((schema, index) => {
      const target = attribute(schema, 'targetNamespace')
      if (target === undefined) return
      const file = join(directory, `inner-${documents.length}-${index}.xsd`)
      const text = rawElement(document, schema).replace(
        /schemaLocation="([^"]+)"/g,
        (_, location: string) => `schemaLocation="${new URL(location, url).href}"`,
      )
      writeFileSync(file, text)
      places.set(target, pathToFileURL(file).href)
    })
  }
  const imports = [...places].map(
    ([namespace, location]) => `<xs:import namespace="${namespace}" schemaLocation="${location}"/>`,
  )
  const judge = join(directory, 'judge.xsd')
  writeFileSync(judge, `<xs:schema xmlns:xs="${schemaNamespace}">${imports.join('')}</xs:schema>`)
  return judge
}
