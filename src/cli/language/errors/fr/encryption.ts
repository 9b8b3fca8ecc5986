/** Errors of encryption tokens, sealed messages and the KGSS, in French. */
import type { TextsOf } from '../types.js'

export const encryption = {
  'etk.not-found': {
    meaning: 'Aucun jeton de chiffrement n’est publié pour cet acteur.',
    hint: 'Vérifiez le type, le numéro et l’application ; s’ils sont exacts, l’acteur doit enregistrer une clé de chiffrement avant que quiconque puisse chiffrer pour lui.',
  },
  'etk.ambiguous': {
    meaning: 'Plusieurs jetons de chiffrement conviennent.',
    hint: 'Nommez l’application.',
  },
  'etk.malformed': {
    meaning: 'Les octets ne sont pas un jeton de chiffrement.',
    hint: 'Récupérez le jeton à nouveau.',
  },
  'etk.untrusted': {
    meaning: 'Le jeton de chiffrement n’a pas pu être vérifié.',
    hint: 'Ne chiffrez pas pour lui ; récupérez-le à nouveau et signalez-le si cela persiste.',
  },
  'etk.expired': {
    meaning: 'Un certificat contenu dans le jeton de chiffrement n’est pas valable en ce moment.',
    hint: 'Récupérez le jeton à nouveau ; l’acteur doit renouveler son certificat.',
  },
  'etk.subject': {
    meaning: 'Le jeton de chiffrement appartient à un autre acteur que celui qui était demandé.',
    hint: 'Ne chiffrez pas pour lui ; signalez-le.',
  },
  'etk.revoked': {
    meaning:
      'Le certificat du propriétaire du jeton, ou un certificat supérieur de la chaîne, a été révoqué.',
    hint: 'Ne chiffrez pas pour lui ; demandez à l’acteur d’en enregistrer un nouveau.',
  },
  'etk.status-unknown': {
    meaning: 'Personne n’a pu dire si le certificat du propriétaire du jeton a été révoqué.',
    hint: 'Voir `details.causes` ; avec la politique `prefer`, un statut inconnu est accepté.',
  },
  'etk.unknown-type': {
    meaning: 'Le dépôt ETK ne connaît pas le type de l’identifiant.',
    hint: 'Utilisez un des types de la documentation des identifiants.',
  },
  'etk.invalid-number': {
    meaning: 'Le dépôt ETK juge le numéro impossible pour son type.',
    hint: 'Vérifiez le numéro ; le code de la plateforme dit de quelle sorte il s’agit.',
  },
  'etk.unavailable': {
    meaning: 'Le dépôt ETK a eu une erreur interne.',
    hint: 'Réessayez plus tard.',
  },
  'etk.unsupported-key': {
    meaning: 'Le jeton contient une clé pour laquelle aucun format de message n’est connu (EC).',
    hint: 'Demandez un jeton d’une autre application de l’acteur.',
  },
  'etk.refused': {
    meaning: 'Le dépôt ETK a refusé la demande.',
    hint: 'Voir le code de la plateforme.',
  },
  'etk.own-key': {
    meaning:
      'Aucune clé de la session n’ouvre ce que d’autres chiffrent pour son jeton de chiffrement publié.',
    hint: 'Donnez le keystore du dernier renouvellement, ou chargez ses clés : session.keys.load().',
  },
  'kgss.reader': {
    meaning: 'La liste d’accès d’une clé manque, est vide ou nomme un lecteur qui ne peut en être un.',
    hint: 'Nommez au moins un lecteur autorisé, par exemple readers.doctor().',
  },
  'kgss.key-id': {
    meaning: 'L’identifiant d’une clé n’est fait ni d’octets ni de base64.',
    hint: 'Donnez l’identifiant que nomme le message : readRecipients(sealed).secretKeyIds.',
  },
  'kgss.own-token': {
    meaning:
      'La réponse du KGSS n’a pu être ouverte : l’appelant n’a pas de clé de chiffrement d’un jeton publié.',
    hint: 'Publiez un jeton de chiffrement pour ce keystore, ou utilisez le keystore qui contient sa clé.',
  },
  'kgss.key-not-found': {
    meaning:
      'Le KGSS n’a pas cette clé, ou l’appelant n’est pas parmi ses lecteurs ; il ne dit pas lequel des deux.',
    hint: 'Demandez à l’auteur à qui la clé est destinée ; vérifiez que le jeton accorde l’attribut de la liste d’accès.',
  },
  'kgss.refused': {
    meaning: 'Le KGSS a refusé la demande.',
    hint: 'Voir le code de la plateforme.',
  },
  'kgss.answer': {
    meaning: 'La réponse chiffrée du KGSS ne s’ouvre pas, n’a pas pu être vérifiée ou est trop ancienne.',
    hint: 'N’utilisez pas la clé ; vérifiez l’horloge et le certificats de confiance, et signalez-le si cela persiste.',
  },
  'kgss.signer': {
    meaning: 'La réponse chiffrée a été signée par quelqu’un d’autre que le KGSS.',
    hint: 'N’utilisez pas la clé ; signalez-le.',
  },
  'kgss.unusable-key': {
    meaning: 'La réponse du KGSS ne contient pas de clé AES de 128 bits, ou pas d’identifiant pour elle.',
    hint: 'Signalez-le : les messages se chiffrent uniquement avec des clés de 128 bits.',
  },
  'kgss.destroyed': {
    meaning: 'La clé a été écrasée.',
    hint: 'Redemandez-la au KGSS.',
  },
  'seal.no-recipient': {
    meaning: 'Un message chiffré a besoin d’au moins un destinataire.',
    hint: 'Donnez un jeton de chiffrement ou une clé secrète.',
  },
  'seal.unsupported-key': {
    meaning: 'La clé ne peut pas servir à un message chiffré.',
    hint: 'Utilisez une clé RSA d’au moins 2048 bits, ou nommez une politique qui autorise la clé.',
  },
  'seal.content-length': {
    meaning:
      'Le contenu n’a pas la longueur annoncée ; les octets chiffrés rendus jusqu’ici ne sont pas un message.',
    hint: 'Donnez le nombre exact d’octets, ou ne le donnez pas.',
  },
  'seal.secret-key': {
    meaning: 'La clé secrète doit avoir 128 bits et un identifiant.',
    hint: 'Donnez la clé et l’identifiant de clé rendus par le KGSS.',
  },
  'unseal.decryption': {
    meaning: 'Le message chiffré ne peut être déchiffré.',
    hint: 'Demandez à l’expéditeur de l’envoyer à nouveau.',
  },
  'unseal.malformed': {
    meaning: 'Les octets ne sont pas un message chiffré.',
    hint: 'Demandez à l’expéditeur de l’envoyer à nouveau.',
  },
  'unseal.not-addressed': {
    meaning: 'Aucune clé de ce keystore n’ouvre le message.',
    hint: 'Ajoutez les keystores plus anciens, ou demandez à l’expéditeur d’utiliser le jeton de chiffrement actuel.',
  },
  'unseal.refused': {
    meaning: 'Le message chiffré s’ouvre mais n’a pas pu être vérifié.',
    hint: 'N’utilisez pas le contenu ; voir les notifications dans `details.errors`.',
  },
} satisfies TextsOf<'etk' | 'kgss' | 'seal' | 'unseal'>
