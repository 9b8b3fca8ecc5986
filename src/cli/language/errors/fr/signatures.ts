/** Errors of signatures and revocation, in French. */
import type { TextsOf } from '../types.js'

export const signatures = {
  'signature.missing': {
    meaning: 'Le message ne porte pas de signature là où il en faut une.',
    hint: 'Ne vous fiez pas au message.',
  },
  'signature.invalid': {
    meaning: 'Une signature n’a pas pu être vérifiée.',
    hint: 'Ne vous fiez pas au message.',
  },
  'signature.digest': {
    meaning: 'Un contenu signé a été modifié après la signature.',
    hint: 'Ne vous fiez pas au message.',
  },
  'signature.algorithm': {
    meaning: 'Une signature emploie un algorithme qui n’est pas accepté.',
    hint: 'Ne vous fiez pas au message.',
  },
  'signature.coverage': {
    meaning: 'La signature ne couvre pas une partie qui doit être signée.',
    hint: 'Ne vous fiez pas au message.',
  },
  'signature.structure': {
    meaning: 'L’en-tête de sécurité a une forme interdite ou ambiguë.',
    hint: 'Ne vous fiez pas au message.',
  },
  'signature.key': {
    meaning: 'La signature a été faite avec une autre clé que celle qui est exigée.',
    hint: 'Ne vous fiez pas au message.',
  },
  'signature.timestamp': {
    meaning: 'L’heure du message est dépassée, dans le futur ou absente.',
    hint: 'Vérifiez les horloges des deux côtés.',
  },
  'xml-signature.algorithm': {
    meaning: 'La signature emploie un algorithme ou une transformation qui n’est pas accepté.',
    hint: 'Ne vous fiez pas au document ; SHA-1 d’anciennes archives peut être autorisé explicitement.',
  },
  'xml-signature.coverage': {
    meaning: 'La signature ne couvre pas ce qu’elle doit couvrir.',
    hint: 'Ne lisez que ce que le rapport dit couvert.',
  },
  'xml-signature.digest': {
    meaning: 'Un contenu signé a été modifié après la signature.',
    hint: 'Ne vous fiez pas au document.',
  },
  'xml-signature.expired': {
    meaning: 'Un certificat n’était plus valable au moment qui compte.',
    hint: 'Interrogez le signataire ; seul un horodatage prouve qu’une signature est plus ancienne.',
  },
  'xml-signature.invalid': {
    meaning: 'La valeur de la signature ne se vérifie avec aucun certificat disponible.',
    hint: 'Ne vous fiez pas au document.',
  },
  'xml-signature.key-usage': {
    meaning: 'Le certificat du signataire n’est pas destiné aux signatures.',
    hint: 'Ne vous fiez pas au document.',
  },
  'xml-signature.missing': {
    meaning: 'Le document n’a pas de signature XML.',
    hint: 'Ne vous fiez pas au document.',
  },
  'xml-signature.not-yet-valid': {
    meaning: 'Un certificat n’était pas encore valable au moment qui compte.',
    hint: 'Vérifiez les horloges des deux côtés.',
  },
  'xml-signature.options': {
    meaning:
      'Ce qui doit être signé ou vérifié, ou la manière de le faire, n’a pas été dit d’une façon réalisable.',
    hint: 'Corrigez l’option que nomme l’endroit indiqué.',
  },
  'xml-signature.properties': {
    meaning: 'Les propriétés signées manquent, ne sont pas signées ou portent sur un autre certificat.',
    hint: 'Ne vous fiez pas au document.',
  },
  'xml-signature.reference': {
    meaning:
      'Une référence de la signature ne mène à aucun élément des documents donnés, à plusieurs, ou hors d’eux.',
    hint: 'Ne vous fiez pas au document ; rien n’est jamais téléchargé.',
  },
  'xml-signature.revocation-unknown': {
    meaning: 'Personne n’a dit si le certificat du signataire a été révoqué.',
    hint: 'Donnez un vérificateur de révocation, ou réessayez quand sa source répond.',
  },
  'xml-signature.revoked': {
    meaning: 'Le certificat du signataire avait été révoqué.',
    hint: 'Ne vous fiez pas au document.',
  },
  'xml-signature.signer': {
    meaning: 'La signature vient sans certificat utilisable de son signataire.',
    hint: 'Donnez le certificat du signataire, si vous le connaissez par ailleurs.',
  },
  'xml-signature.signing-time': {
    meaning: 'Les propriétés signées n’ont pas d’heure de signature lisible.',
    hint: 'Ne vous fiez pas au document.',
  },
  'xml-signature.structure': {
    meaning: 'La signature a une forme interdite ou ambiguë.',
    hint: 'Ne vous fiez pas au document.',
  },
  'xml-signature.timestamp-invalid': {
    meaning: 'Un horodatage porte sur autre chose, a été modifié, ou son autorité n’est pas de confiance.',
    hint: 'Vérifiez les autorités d’horodatage de confiance ; sinon, ne vous fiez pas au document.',
  },
  'xml-signature.timestamp-missing': {
    meaning: 'Un horodatage est exigé, et la signature n’en a pas.',
    hint: 'Demandez au signataire une signature horodatée (XAdES-T).',
  },
  'xml-signature.timestamp-order': {
    meaning: 'Un horodatage et l’heure de signature annoncée ne vont pas ensemble.',
    hint: 'Vérifiez l’horloge du signataire.',
  },
  'xml-signature.timestamp-unreadable': {
    meaning: 'Un horodatage de la signature n’est pas un jeton d’horodatage.',
    hint: 'Ne vous fiez pas au document.',
  },
  'xml-signature.transform': {
    meaning:
      'Les transformations d’une référence ne peuvent s’appliquer à ce qu’elle nomme, ou en font trop.',
    hint: 'Ne vous fiez pas au document.',
  },
  'xml-signature.untrusted': {
    meaning: 'Le certificat du signataire ne mène à aucune autorité de confiance.',
    hint: 'Vérifiez le magasin de confiance ; sinon, ne vous fiez pas au document.',
  },
  'revocation.no-source': {
    meaning: 'Le certificat ne nomme ni répondeur OCSP ni liste de révocation.',
    hint: 'Donnez la liste de son émetteur (`crls`), ou acceptez un statut inconnu avec la politique `prefer`.',
  },
  'revocation.unavailable': {
    meaning: 'Le répondeur OCSP ou la liste de révocation ne peut être atteint.',
    hint: 'Vérifiez le réseau, le proxy et le pare-feu (port 80).',
  },
  'revocation.too-large': {
    meaning: 'La réponse ou la liste de révocation est plus grande que la limite.',
    hint: 'Signalez-le à l’autorité.',
  },
  'revocation.refused': {
    meaning: 'Le répondeur OCSP n’a pas donné de réponse mais un statut d’erreur.',
    hint: 'Réessayez plus tard ; voir `details.responseStatus`.',
  },
  'revocation.malformed': {
    meaning: 'Les octets ne sont ni une liste de révocation ni une réponse OCSP.',
    hint: 'Récupérez-la à nouveau ; signalez-le à l’autorité si elle reste endommagée.',
  },
  'revocation.unsupported': {
    meaning:
      'Une liste de révocation d’une sorte qui n’est pas utilisée ici : delta, indirecte, partielle, ou avec des extensions critiques inconnues.',
    hint: 'Utilisez la liste complète de l’émetteur, ou OCSP.',
  },
  'revocation.issuer': {
    meaning: 'La réponse ou la liste vient de quelqu’un que l’émetteur du certificat n’a pas mandaté.',
    hint: 'Ne vous y fiez pas ; signalez-le.',
  },
  'revocation.signature': {
    meaning: 'La signature de la réponse ou de la liste n’a pas pu être vérifiée.',
    hint: 'Ne vous y fiez pas ; signalez-le.',
  },
  'revocation.not-yet-valid': {
    meaning: 'La réponse ou la liste porte une date future.',
    hint: 'Vérifiez l’horloge de cette machine.',
  },
  'revocation.expired': {
    meaning: 'La réponse ou la liste n’est pas en cours de validité.',
    hint: 'Récupérez-la à nouveau ; vérifiez l’horloge de cette machine.',
  },
  'revocation.nonce': {
    meaning: 'La réponse OCSP répond à une autre question.',
    hint: 'Ne vous y fiez pas : elle a pu être rejouée.',
  },
  'revocation.scope': {
    meaning: 'La réponse ou la liste ne porte pas sur ce certificat.',
    hint: 'Utilisez la liste que nomme le certificat.',
  },
  'revocation.unknown': {
    meaning: 'Le répondeur OCSP ne connaît pas le certificat.',
    hint: 'Ne vous fiez pas au certificat ; interrogez son autorité.',
  },
  'revocation.certificate-ended': {
    meaning:
      'Le certificat avait expiré quand la réponse a été faite : les autorités oublient ces certificats.',
    hint: 'Conservez la preuve du moment de la signature avec ce qui a été signé.',
  },
} satisfies TextsOf<'signature' | 'xml-signature' | 'revocation'>
