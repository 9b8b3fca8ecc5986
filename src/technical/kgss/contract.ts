/**
 * Messages of the key generation and storage service, version 1 (spec etee §5.1;
 * `ehealth-etee-kgss-schema-protocol-1_2.xsd`, `ehealth-etee-kgss-schema-inner-protocol-1_2.xsd`).
 *
 * The messages on the wire hold one sealed message each; what is sealed is XML of the same namespace.
 */
import type { Operation } from '../soap/types.js'
import {
  allowed,
  base64Binary,
  group,
  inNamespace,
  many,
  namespace,
  oneOf,
  optional,
  optionalChoice,
  optionalGroup,
  string,
  type Infer,
} from '../xml/index.js'

const kgss = namespace('urn:be:fgov:ehealth:etee:kgss:1_0:protocol', { prefix: 'kgss', qualified: true })
const commons = namespace('urn:be:fgov:ehealth:etee:commons:1_0:etee', { prefix: 'etee', qualified: false })

/** `Status` and `Error` come from a schema of unqualified elements: they stand in no namespace beside qualified ones. */
const outcome = {
  Status: inNamespace('', commons.sequence({ Code: string(), Message: string() })),
  Error: inNamespace(
    '',
    many(
      commons.sequence({
        Code: string(),
        Message: many(
          commons.simpleContent(string(), { Lang: allowed(oneOf('FR', 'NL', 'EN', 'DE', 'NA')) }),
          { min: 1 },
        ),
      }),
    ),
  ),
}

const SealedContent = kgss.sequence({ SealedContent: base64Binary })

export const GetNewKeyRequest = kgss.element(
  'GetNewKeyRequest',
  kgss.sequence({ SealedNewKeyRequest: SealedContent }),
)
export type GetNewKeyRequest = Infer<typeof GetNewKeyRequest>

export const GetNewKeyResponse = kgss.element(
  'GetNewKeyResponse',
  kgss.sequence({ ...outcome, SealedNewKeyResponse: optional(SealedContent) }, { Id: allowed(string()) }),
)
export type GetNewKeyResponse = Infer<typeof GetNewKeyResponse>

export const GetKeyRequest = kgss.element('GetKeyRequest', kgss.sequence({ SealedKeyRequest: SealedContent }))
export type GetKeyRequest = Infer<typeof GetKeyRequest>

export const GetKeyResponse = kgss.element(
  'GetKeyResponse',
  kgss.sequence({ ...outcome, SealedKeyResponse: optional(SealedContent) }, { Id: allowed(string()) }),
)
export type GetKeyResponse = Infer<typeof GetKeyResponse>

/** An attribute of the SAML token of a reader; without value any value will do. */
const CredentialType = kgss.sequence({ Namespace: string(), Name: string(), Value: many(string()) })
export type CredentialType = Infer<typeof CredentialType>

/** `ExludedReader` is spelt like this in the schema; the type of `DeletionStrategy` is empty there. */
export const GetNewKeyRequestContent = kgss.element(
  'GetNewKeyRequestContent',
  kgss.sequence({
    AllowedReader: many(CredentialType, { min: 1 }),
    ExludedReader: many(CredentialType),
    ETK: base64Binary,
    DeletionStrategy: optional(kgss.sequence({})),
  }),
)
export type GetNewKeyRequestContent = Infer<typeof GetNewKeyRequestContent>

export const GetNewKeyResponseContent = kgss.element(
  'GetNewKeyResponseContent',
  kgss.sequence({ $key: optionalGroup({ NewKeyIdentifier: base64Binary, NewKey: base64Binary }) }),
)
export type GetNewKeyResponseContent = Infer<typeof GetNewKeyResponseContent>

/** The answer is sealed for the token, or with the key; where neither is given the KGSS has nothing to seal with. */
export const GetKeyRequestContent = kgss.element(
  'GetKeyRequestContent',
  kgss.sequence({
    KeyIdentifier: base64Binary,
    $answerFor: optionalChoice({
      ETK: base64Binary,
      $secretKey: group({
        KeyEncryptionKey: base64Binary,
        KeyEncryptionKeyIdentifier: optional(base64Binary),
      }),
    }),
  }),
)
export type GetKeyRequestContent = Infer<typeof GetKeyRequestContent>

export const GetKeyResponseContent = kgss.element(
  'GetKeyResponseContent',
  kgss.sequence({ Key: optional(base64Binary) }),
)
export type GetKeyResponseContent = Infer<typeof GetKeyResponseContent>

/** Security header of each operation. */
export interface KgssSecurity {
  readonly getNewKey: Operation<unknown, unknown>['security']
  readonly getKey: Operation<unknown, unknown>['security']
}

/** Security of the operations, in one place (spec etee §5.1). */
export const kgssSecurity = {
  /** What every client seen sends: the sealed content of GetNewKey proves its author, GetKey carries the reader's token. */
  standard: { getNewKey: 'none', getKey: 'saml-hok' },
  /** Published as a contract, seen in no client: both with the token (`kgss-proxy-v1_SamlHok.wsdl`). */
  'saml-hok': { getNewKey: 'saml-hok', getKey: 'saml-hok' },
  /** Published as a contract, seen in no client: both with the certificate alone (`kgss-proxy-v1_X509.wsdl`). */
  x509: { getNewKey: 'x509', getKey: 'x509' },
} as const satisfies Record<string, KgssSecurity>

/** Operations of the service; the WSDL names no action. */
export interface KgssOperations {
  readonly getNewKey: Operation<GetNewKeyRequest, GetNewKeyResponse>
  readonly getKey: Operation<GetKeyRequest, GetKeyResponse>
}

/** The operations with another security header. */
export function kgssOperationsWith(security: KgssSecurity): KgssOperations {
  return {
    getNewKey: {
      service: 'kgss',
      name: 'GetNewKey',
      soapAction: '',
      request: GetNewKeyRequest,
      response: GetNewKeyResponse,
      security: security.getNewKey,
      // Each call makes a key.
      idempotent: false,
    },
    getKey: {
      service: 'kgss',
      name: 'GetKey',
      soapAction: '',
      request: GetKeyRequest,
      response: GetKeyResponse,
      security: security.getKey,
      idempotent: true,
    },
  }
}

export const kgssOperations: KgssOperations = kgssOperationsWith(kgssSecurity.standard)
