/** Errors of certificates and keystores, in French. */
import type { TextsOf } from '../types.js'

export const keys = {
  'certificate.malformed': {
    meaning: 'Les octets ne sont pas un certificat X.509.',
    hint: 'Vérifiez que le fichier est un certificat en DER ou en PEM.',
  },
  'certificate.expired': {
    meaning: 'Le certificat a expiré.',
    hint: 'Renouvelez le certificat avec le Certificate Manager de la plateforme ; conservez les anciennes clés de chiffrement.',
  },
  'certificate.not-yet-valid': {
    meaning: 'Le certificat n’est pas encore valable.',
    hint: 'Vérifiez l’horloge de cette machine et la date de début du certificat.',
  },
  'certificate.untrusted': {
    meaning: 'Aucun chemin de certification ne mène du certificat à une ancre de confiance.',
    hint: 'Ajoutez la racine émettrice aux ancres de confiance de l’environnement si elle est authentique.',
  },
  'certificate.key-usage': {
    meaning: 'Le certificat ne peut pas servir à cet usage.',
    hint: 'Utilisez un certificat dont l’usage de clé est celui qu’exige l’opération.',
  },
  'keystore.not-found': {
    meaning: 'Le fichier du keystore ne peut être lu.',
    hint: 'Vérifiez le chemin, qui part du répertoire de travail du programme, et les droits d’accès.',
  },
  'keystore.malformed': {
    meaning: 'Le fichier n’est pas un keystore PKCS#12.',
    hint: 'Donnez le fichier `.p12` créé par le Certificate Manager, tel quel : ni PEM, ni un certificat seul.',
  },
  'keystore.password': {
    meaning: 'Le mot de passe n’ouvre pas le keystore.',
    hint: 'Vérifiez le mot de passe : les majuscules comptent, et une ancienne copie du fichier garde son ancien mot de passe.',
  },
  'keystore.unsupported': {
    meaning: 'Le keystore emploie un algorithme que cette bibliothèque ne connaît pas.',
    hint: 'Convertissez le keystore, ou signalez-le.',
  },
  'keystore.no-authentication': {
    meaning: 'Le keystore ne contient pas de clé d’authentification avec son certificat.',
    hint: 'Donnez le keystore qui contient l’entrée `authentication`, ou nommez l’alias.',
  },
  'keystore.identity': {
    meaning: 'Le certificat ne nomme pas d’acteur de la plateforme.',
    hint: 'Utilisez un certificat eHealth.',
  },
  'keystore.mismatch': {
    meaning: 'Une clé privée et un certificat ne vont pas ensemble.',
    hint: 'Donnez le certificat délivré pour cette clé.',
  },
  'keystore.signature': {
    meaning: 'Ce qu’a rendu un signataire n’est pas une signature de l’algorithme demandé.',
    hint: 'Vérifiez la forme de ce que rend le signataire : octets bruts, r‖s ou DER selon l’algorithme.',
  },
  'keystore.signer': {
    meaning: 'Le signataire fourni par le programme a échoué.',
    hint: 'Voyez la cause : c’est l’erreur du signataire lui-même.',
  },
  'keystore.signer-timeout': {
    meaning: 'Le signataire fourni par le programme n’a pas répondu à temps.',
    hint: 'Vérifiez la connexion avec le signataire, ou laissez-lui plus de temps.',
  },
  'keystore.addon': {
    meaning: 'Le paquet pkcs11js, qui parle aux cartes et HSM, n’est pas installé ou n’a pas été compilé.',
    hint: 'Exécutez npm install pkcs11js ; voir docs/credentials.md.',
  },
  'keystore.library': {
    meaning: 'La bibliothèque PKCS#11 ne peut être chargée ou démarrée.',
    hint: 'Vérifiez son fichier, qu’elle convient au processeur, et que le logiciel de la carte ou du HSM est installé.',
  },
  'keystore.no-token': {
    meaning: 'Aucun lecteur ne contient la carte ou le HSM demandé.',
    hint: 'Insérez la carte dans le lecteur ; `ehealth keystore tokens` montre ce qui est présent.',
  },
  'keystore.ambiguous-token': {
    meaning: 'Plusieurs cartes ou HSM conviennent.',
    hint: 'Donnez l’étiquette, le numéro de série ou l’emplacement de l’un d’eux ; `ehealth keystore tokens` en donne la liste.',
  },
  'keystore.removed': {
    meaning: 'La carte a été retirée pendant son utilisation.',
    hint: 'Remettez la carte : l’opération suivante la retrouve.',
  },
  'keystore.pin': {
    meaning: 'La carte ou le HSM refuse le code PIN.',
    hint: 'Attention aux essais : après quelques erreurs, le code PIN est bloqué. `details.pinAttempts` dit ce que la carte en indique.',
  },
  'keystore.pin-locked': {
    meaning: 'Le code PIN est bloqué après trop d’essais erronés.',
    hint: 'Débloquez-le avec le code PUK, par le logiciel ou l’émetteur de la carte ou du HSM.',
  },
  'keystore.pin-expired': {
    meaning: 'Le code PIN a expiré.',
    hint: 'Changez-le avec le logiciel de la carte ou du HSM.',
  },
  'keystore.pin-required': {
    meaning: 'La carte ou le HSM exige un code PIN et aucun n’a été donné.',
    hint: 'Donnez `pin` : le code PIN, ou une fonction qui le demande au titulaire.',
  },
  'keystore.cancelled': {
    meaning: 'Le titulaire de la carte n’a pas donné de code PIN ou a refusé l’opération.',
    hint: 'Redemandez quand le titulaire est prêt.',
  },
  'keystore.mechanism': {
    meaning: 'La carte ou le HSM ne peut pas faire cette opération, ou pas avec cette clé.',
    hint: 'Vérifiez les usages de la clé (CKA_SIGN, CKA_DECRYPT) et les mécanismes de la carte ou du HSM.',
  },
  'keystore.no-key': {
    meaning: 'La carte ou le HSM ne contient pas cette clé.',
    hint: 'Vérifiez l’étiquette et l’identifiant ; `ehealth keystore tokens` montre ce qu’il contient.',
  },
  'keystore.device': {
    meaning: 'La carte, son lecteur ou son pilote a échoué.',
    hint: 'Retirez la carte et remettez-la, redémarrez le logiciel du lecteur ; `details.returnValue` en est le code.',
  },
  'keystore.unloaded': {
    meaning: 'La clé a été retirée de la session, ou la session a été fermée.',
    hint: 'Chargez-la à nouveau : session.keys.load().',
  },
} satisfies TextsOf<'certificate' | 'keystore'>
