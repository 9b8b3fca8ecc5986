/** Errors of transport, faults, services and XML, in French. */
import type { TextsOf } from '../types.js'

export const transport = {
  'transport.connect': {
    meaning: 'Aucune connexion avec l’adresse du service.',
    hint: 'Vérifiez le réseau, le proxy et le pare-feu (port 443).',
  },
  'transport.connect-timeout': {
    meaning: 'L’adresse du service n’a pu être atteinte à temps ; rien n’a été envoyé.',
    hint: 'Vérifiez le réseau, le proxy et le pare-feu (port 443, hôtes de secours 9443).',
  },
  'transport.tls': {
    meaning: 'La connexion TLS n’a pu être négociée, ou n’est pas digne de confiance.',
    hint: 'Vérifiez les ancres de confiance de l’environnement.',
  },
  'transport.timeout': {
    meaning: 'L’appel n’était pas terminé dans le temps imparti.',
    hint: 'On ignore si la demande a été exécutée : vérifiez avant de répéter une écriture.',
  },
  'transport.idle-timeout': {
    meaning: 'Le service s’est tu avant que la réponse soit complète.',
    hint: 'On ignore si la demande a été exécutée : vérifiez avant de répéter une écriture.',
  },
  'transport.reset': {
    meaning: 'La connexion s’est rompue avant que la réponse soit complète.',
    hint: 'On ignore si la demande a été exécutée : vérifiez avant de répéter une écriture.',
  },
  'transport.aborted': {
    meaning: 'L’appelant a interrompu l’appel.',
    hint: 'Rien, si l’interruption était voulue ; sinon, examinez le signal qui a été donné.',
  },
  'transport.attachment': {
    meaning: 'Un message renvoie à une pièce jointe qu’il ne contient pas.',
    hint: 'Redemandez le message ; signalez-le s’il reste incomplet.',
  },
  'transport.content': {
    meaning: 'La réponse n’est pas un message SOAP.',
    hint: 'Réessayez plus tard ; une passerelle ou une page de connexion répond ainsi.',
  },
  'transport.encoding': {
    meaning: 'La compression de la réponse est endommagée ou inconnue.',
    hint: 'Signalez-le ; une passerelle a pu modifier la réponse.',
  },
  'transport.http': {
    meaning: 'Le service a répondu par une erreur HTTP sans message SOAP.',
    hint: 'Réessayez plus tard ; une page de maintenance répond ainsi.',
  },
  'transport.multipart': {
    meaning: 'Un message multipart est endommagé ou ambigu.',
    hint: 'Signalez-le avec l’enregistrement des échanges ; une passerelle a pu modifier le message.',
  },
  'transport.proxy': {
    meaning: 'Le proxy n’a pas ouvert le chemin vers le service ; rien n’a été envoyé.',
    hint: 'Vérifiez l’adresse, les identifiants et les règles du proxy ; `details.status` est sa réponse.',
  },
  'transport.too-large': {
    meaning: 'La réponse est plus grande que la limite, telle que reçue ou décompressée.',
    hint: 'Relevez `maxResponseBytes` si c’est voulu.',
  },
  'fault.not-authenticated': {
    meaning: 'SOA-01001 : la plateforme n’a pas accepté l’en-tête de sécurité.',
    hint: 'Vérifiez l’horloge de cette machine, le certificat et le jeton.',
  },
  'fault.not-authorised': {
    meaning: 'SOA-01002 : l’appelant ne peut pas utiliser cette opération.',
    hint: 'Vérifiez les attributs du jeton et le contrat d’intégration.',
  },
  'fault.unavailable': {
    meaning: 'SOA-02001 : le service n’est pas disponible.',
    hint: 'Réessayez plus tard ou contactez le centre de contact avec le ticket.',
  },
  'fault.temporarily-unavailable': {
    meaning: 'SOA-02002 : le service est temporairement indisponible.',
    hint: 'Réessayez après une pause.',
  },
  'fault.malformed': {
    meaning: 'SOA-03001 à 03005 : la plateforme n’a pas pu lire la demande.',
    hint: 'Signalez-le avec l’enregistrement des échanges.',
  },
  'fault.schema': {
    meaning: 'SOA-03006 : la demande n’est pas conforme au schéma.',
    hint: 'Signalez-le avec l’enregistrement des échanges.',
  },
  'fault.content': {
    meaning: 'SOA-03007 : le contenu de la demande a été refusé.',
    hint: 'Corrigez le contenu.',
  },
  'fault.business': {
    meaning: 'Le service a refusé la demande pour une raison métier.',
    hint: 'Voir le code de la plateforme.',
  },
  'fault.other': {
    meaning: 'La plateforme a répondu par une erreur.',
    hint: 'Voyez le code et le texte de la plateforme ; citez le ticket au centre de contact.',
  },
  'contract.invalid': {
    meaning: 'Un message n’est pas conforme à son contrat et n’a pas été envoyé.',
    hint: 'Corrigez la valeur à l’endroit indiqué.',
  },
  'contract.unreadable': {
    meaning: 'Il manque à une réponse de la plateforme quelque chose que son contrat promet.',
    hint: 'Gardez la réponse brute (meta.raw) et signalez-le.',
  },
  'service.wsdl': {
    meaning: 'Un WSDL ou un de ses schémas ne peut être chargé ou utilisé.',
    hint: 'Lisez le message ; gardez le WSDL et ses schémas dans une même arborescence.',
  },
  'service.operation': {
    meaning: 'Le WSDL n’a pas cette opération ou ce port.',
    hint: 'Les opérations et les ports qu’il contient figurent dans `details`.',
  },
  'service.not-offered': {
    meaning: 'La plateforme n’offre pas le service à la profession de l’appelant.',
    hint: 'Voir docs/professions.md pour savoir qui peut l’utiliser ; `customProfession` sert à ce que ce tableau ne connaît pas.',
  },
  'service.no-connector': {
    meaning: 'La plateforme a le service, mais cette bibliothèque n’a pas de connecteur pour lui.',
    hint: 'Appelez-le par son WSDL : `technical.service(wsdl)` de la connexion, voir docs/any-service.md.',
  },
  'service.no-contract': {
    meaning:
      'La plateforme a le service, mais son contrat n’est pas public ; cette bibliothèque n’a donc pas de messages pour lui.',
    hint: 'Demandez le WSDL et les schémas au support d’intégration de la plateforme, puis donnez-les : voir docs/rn-consult.md.',
  },
  'service.contract': {
    meaning: 'Votre propre contrat ne peut être utilisé tel quel.',
    hint: 'Voyez l’endroit indiqué ; docs/any-service.md montre de quoi se compose un contrat.',
  },
  'service-list.malformed': {
    meaning: 'Le document n’est pas une liste de services utilisable.',
    hint: 'La liste en usage reste en usage ; signalez-le si cela persiste.',
  },
  'service-list.signer': {
    meaning: 'La liste de services n’est pas signée par son propriétaire.',
    hint: 'N’utilisez pas la liste ; vérifiez le numéro fixé si la plateforme a changé de signataire.',
  },
  'service-list.environment': {
    meaning: 'La liste de services est celle d’un autre environnement.',
    hint: 'Vérifiez l’adresse d’où la liste est récupérée.',
  },
  'service-list.rollback': {
    meaning: 'La liste de services est plus ancienne que celle en usage.',
    hint: 'La liste en usage reste en usage ; quelqu’un sur le chemin donne peut-être une ancienne liste.',
  },
  'service-list.digest': {
    meaning: 'La liste de services ne correspond pas à son fichier d’empreinte.',
    hint: 'Réessayez : la liste a pu être remplacée entre les deux téléchargements.',
  },
  'recording.failed': {
    meaning: 'Un échange n’a pu être écrit dans l’enregistrement ; l’appel lui-même a continué.',
    hint: 'Vérifiez la place sur le disque et les droits du répertoire ; l’enregistrement a un trou.',
  },
  'recording.malformed': {
    meaning: 'Le répertoire n’est pas un enregistrement, ou un de ses fichiers est endommagé.',
    hint: 'Donnez le répertoire qu’a écrit `record`, en entier.',
  },
  'recording.no-match': {
    meaning: 'L’enregistrement ne contient pas de réponse à cette demande, ou n’en a plus.',
    hint: 'Enregistrez à nouveau le programme tel qu’il est maintenant ; docs/observability.md dit ce qui ne peut être rejoué.',
  },
  'xml.doctype': {
    meaning: 'Le document a une déclaration de type de document, ce qui n’est jamais accepté.',
    hint: 'Ne vous fiez pas au message.',
  },
  'xml.envelope': {
    meaning: 'Le document n’est pas une enveloppe SOAP 1.1 avec un seul élément dans son corps.',
    hint: 'Ne vous fiez pas au message.',
  },
  'xml.limit': {
    meaning: 'Le document est plus profond ou plus grand que les limites.',
    hint: 'Ne vous fiez pas au message.',
  },
  'xml.malformed': {
    meaning: 'Les octets ne sont pas du XML bien formé.',
    hint: 'Demandez à l’expéditeur ; une passerelle a pu modifier le message.',
  },
} satisfies TextsOf<'transport' | 'fault' | 'contract' | 'service' | 'service-list' | 'recording' | 'xml'>
