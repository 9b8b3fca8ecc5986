import type { Texts } from '../types.js'

/** Help and messages of the commands that seal, unseal and judge files. */
export const sealTexts: Texts = {
  'seal a file for the owners of encryption tokens, or for whoever holds a secret key': {
    fr: 'chiffrer un fichier pour les titulaires de jetons de chiffrement, ou pour quiconque détient une clé secrète',
    nl: 'een bestand versleutelen voor de eigenaars van encryptietokens, of voor wie een geheime sleutel heeft',
  },
  'keystore of the sender': { fr: 'keystore de l’expéditeur', nl: 'keystore van de afzender' },
  'encryption tokens of the recipients (DER)': {
    fr: 'jetons de chiffrement des destinataires (DER)',
    nl: 'encryptietokens van de bestemmelingen (DER)',
  },
  'file with the raw octets of a secret key': {
    fr: 'fichier avec les octets bruts d’une clé secrète',
    nl: 'bestand met de ruwe bytes van een geheime sleutel',
  },
  'anchors of the recipients (PEM or DER), or directories of them; the roots in the keystore by default': {
    fr: 'ancres de confiance des destinataires (PEM ou DER), ou répertoires de celles-ci ; par défaut les racines du keystore',
    nl: 'vertrouwensankers van de bestemmelingen (PEM of DER), of mappen ermee; standaard de roots in de keystore',
  },
  'content to seal; stdin by default': {
    fr: 'contenu à chiffrer ; stdin par défaut',
    nl: 'inhoud om te versleutelen; standaard stdin',
  },
  'where the sealed message goes; stdout by default': {
    fr: 'où écrire le message chiffré ; stdout par défaut',
    nl: 'waar het versleutelde bericht terechtkomt; standaard stdout',
  },
  'print what was sealed for whom as JSON; goes with --out': {
    fr: 'afficher en JSON ce qui a été chiffré et pour qui ; va avec --out',
    nl: 'in JSON tonen wat voor wie versleuteld is; gaat samen met --out',
  },
  'open and verify a sealed message: content to --out, the report as JSON on stdout': {
    fr: 'déchiffrer et vérifier un message chiffré : le contenu va dans --out, le rapport sur stdout en JSON',
    nl: 'een versleuteld bericht ontsleutelen en verifiëren: inhoud naar --out, het verslag als JSON op stdout',
  },
  'keystore of the reader': { fr: 'keystore du lecteur', nl: 'keystore van de lezer' },
  'its identifier in base64, as KGSS gave it; opening does not depend on it': {
    fr: 'son identifiant en base64, tel que KGSS l’a donné ; l’ouverture n’en dépend pas',
    nl: 'het identificatienummer ervan in base64, zoals KGSS het gaf; het openen hangt er niet van af',
  },
  'anchors of senders, or public keys of senders without certificate (PEM or DER), or directories of anchors; the roots in the keystore by default':
    {
      fr: 'ancres de confiance des expéditeurs, ou clés publiques d’expéditeurs sans certificat (PEM ou DER), ou répertoires d’ancres ; par défaut les racines du keystore',
      nl: 'vertrouwensankers van afzenders, of publieke sleutels van afzenders zonder certificaat (PEM of DER), of mappen met ankers; standaard de roots in de keystore',
    },
  'how revocation is judged': {
    fr: 'comment la révocation est jugée',
    nl: 'hoe intrekking beoordeeld wordt',
  },
  'the author must have signed with a certificate for non-repudiation': {
    fr: 'l’auteur doit avoir signé avec un certificat de non-répudiation',
    nl: 'de auteur moet met een certificaat voor onweerlegbaarheid ondertekend hebben',
  },
  'the sealed message; stdin by default': {
    fr: 'le message chiffré ; stdin par défaut',
    nl: 'het versleutelde bericht; standaard stdin',
  },
  'where the content goes; nowhere by default': {
    fr: 'où écrire le contenu ; nulle part par défaut',
    nl: 'waar de inhoud terechtkomt; standaard nergens',
  },
  'the report is JSON in any case': {
    fr: 'le rapport est de toute façon en JSON',
    nl: 'het verslag is in elk geval JSON',
  },
  '--json goes with --out FILE: stdout is taken by the sealed message': {
    fr: '--json va avec --out FILE : stdout est pris par le message chiffré',
    nl: '--json gaat samen met --out FILE: stdout is bezet door het versleutelde bericht',
  },
  '--secret-key and --secret-key-id belong together': {
    fr: '--secret-key et --secret-key-id vont ensemble',
    nl: '--secret-key en --secret-key-id horen samen',
  },
  'give --to or --secret-key': { fr: 'indiquez --to ou --secret-key', nl: 'geef --to of --secret-key' },
  'give either --keystore or --pkcs11': {
    fr: 'indiquez soit --keystore, soit --pkcs11',
    nl: 'geef ofwel --keystore, ofwel --pkcs11',
  },
  'give --keystore, --pkcs11 or --secret-key': {
    fr: 'indiquez --keystore, --pkcs11 ou --secret-key',
    nl: 'geef --keystore, --pkcs11 of --secret-key',
  },
  'judge one file offline, as the library would on the wire; the judgement is JSON on stdout': {
    fr: 'juger un fichier hors ligne, comme la bibliothèque le ferait sur le réseau ; le verdict est du JSON sur stdout',
    nl: 'één bestand offline beoordelen, zoals de bibliotheek het op het netwerk zou doen; het oordeel is JSON op stdout',
  },
  'what to judge: XML, CMS, or an HTTP message with headers; - for stdin': {
    fr: 'ce qu’il faut juger : XML, CMS, ou un message HTTP avec en-têtes ; - pour stdin',
    nl: 'wat te beoordelen: XML, CMS, of een HTTP-bericht met headers; - voor stdin',
  },
  'what the file is': { fr: 'ce qu’est le fichier', nl: 'wat het bestand is' },
  'security that an envelope must have; that of its token by default': {
    fr: 'sécurité qu’une enveloppe doit avoir ; par défaut celle de son jeton',
    nl: 'beveiliging die een envelop moet hebben; standaard die van haar token',
  },
  'parts of an envelope that must be signed: body, timestamp, bst, assertion': {
    fr: 'parties d’une enveloppe qui doivent être signées : body, timestamp, bst, assertion',
    nl: 'delen van een envelop die ondertekend moeten zijn: body, timestamp, bst, assertion',
  },
  'anchors of signers (PEM or DER)': {
    fr: 'ancres de confiance des signataires (PEM ou DER)',
    nl: 'vertrouwensankers van ondertekenaars (PEM of DER)',
  },
  'pinned signers of assertions (PEM or DER)': {
    fr: 'signataires imposés des assertions (PEM ou DER)',
    nl: 'vastgelegde ondertekenaars van asserties (PEM of DER)',
  },
  'anchors of time stamp authorities; --trust by default': {
    fr: 'ancres de confiance des autorités d’horodatage ; --trust par défaut',
    nl: 'vertrouwensankers van tijdstempelautoriteiten; standaard --trust',
  },
  'accept SHA-1, for archives': {
    fr: 'accepter SHA-1, pour des archives',
    nl: 'SHA-1 aanvaarden, voor archieven',
  },
  'a detached signature or a time stamp over the file': {
    fr: 'une signature détachée ou un horodatage du fichier',
    nl: 'een losse handtekening of een tijdstempel over het bestand',
  },
  'what a time stamp in the file is about': {
    fr: 'ce sur quoi porte un horodatage dans le fichier',
    nl: 'waarover een tijdstempel in het bestand gaat',
  },
  'what the signature must cover': {
    fr: 'ce que la signature doit couvrir',
    nl: 'wat de handtekening moet dekken',
  },
  'what an XML signature must be at least; any by default': {
    fr: 'ce qu’une signature XML doit être au moins ; n’importe laquelle par défaut',
    nl: 'wat een XML-handtekening minstens moet zijn; standaard om het even welke',
  },
  'signers known to be revoked, by serial number, whatever lists say': {
    fr: 'signataires connus comme révoqués, par numéro de série, quoi que disent les listes',
    nl: 'ondertekenaars waarvan bekend is dat ze ingetrokken zijn, met serienummer, wat lijsten ook zeggen',
  },
  'enterprise number of the signer of a service list; any by default': {
    fr: 'numéro d’entreprise du signataire d’une liste de services ; n’importe lequel par défaut',
    nl: 'ondernemingsnummer van de ondertekenaar van een dienstenlijst; standaard om het even welk',
  },
  'the judgement is JSON in any case': {
    fr: 'le verdict est de toute façon en JSON',
    nl: 'het oordeel is in elk geval JSON',
  },
  'the file to judge': { fr: 'le fichier à juger', nl: 'het te beoordelen bestand' },
  '--{0} does not go with --kind {1}': {
    fr: '--{0} ne va pas avec --kind {1}',
    nl: '--{0} gaat niet samen met --kind {1}',
  },
  '--{0} does not go with a CMS signature': {
    fr: '--{0} ne va pas avec une signature CMS',
    nl: '--{0} gaat niet samen met een CMS-handtekening',
  },
  '{0} is no serial number': { fr: '{0} n’est pas un numéro de série', nl: '{0} is geen serienummer' },
  'call an operation of any service by its WSDL, or list the operations': {
    fr: 'appeler une opération de n’importe quel service par son WSDL, ou lister les opérations',
    nl: 'een operatie van om het even welke dienst oproepen met de WSDL ervan, of de operaties oplijsten',
  },
  'the WSDL: a file or an https URL': {
    fr: 'le WSDL : un fichier ou une URL https',
    nl: 'de WSDL: een bestand of een https-URL',
  },
  'the operation': { fr: 'l’opération', nl: 'de operatie' },
  'its data: JSON, @FILE, or - for stdin; a file or text of XML is sent as it is': {
    fr: 'ses données : JSON, @FILE, ou - pour stdin ; un fichier ou texte XML est envoyé tel quel',
    nl: 'de gegevens ervan: JSON, @FILE, of - voor stdin; een bestand of tekst in XML gaat weg zoals het is',
  },
  'where to call it, when not at its path on the host of the environment': {
    fr: 'où l’appeler, si ce n’est pas à son chemin sur l’hôte de l’environnement',
    nl: 'waar ze op te roepen, als dat niet op haar pad op de host van de omgeving is',
  },
  'security header': { fr: 'en-tête de sécurité', nl: 'beveiligingsheader' },
  'port of the WSDL, when it has several': {
    fr: 'port du WSDL, s’il en a plusieurs',
    nl: 'poort van de WSDL, als die er verschillende heeft',
  },
  'send no SOAPAction, as the official connector does to some services': {
    fr: 'n’envoyer aucune SOAPAction, comme le connecteur officiel pour certains services',
    nl: 'geen SOAPAction meesturen, zoals de officiële connector bij sommige diensten',
  },
  'follow imports of the WSDL to other hosts': {
    fr: 'suivre les imports du WSDL vers d’autres hôtes',
    nl: 'imports van de WSDL naar andere hosts volgen',
  },
  'list the operations with the shape of their data, and call nothing': {
    fr: 'lister les opérations avec la forme de leurs données, et ne rien appeler',
    nl: 'de operaties oplijsten met de vorm van hun gegevens, en niets oproepen',
  },
  'name the operation, or give --list': {
    fr: 'nommez l’opération, ou indiquez --list',
    nl: 'noem de operatie, of geef --list',
  },
  '--data is neither JSON nor XML': {
    fr: '--data n’est ni du JSON ni du XML',
    nl: '--data is geen JSON en geen XML',
  },
  'HTTP {0} in {1} ms': { fr: 'HTTP {0} après {1} ms', nl: 'HTTP {0} na {1} ms' },
  'security unknown': { fr: 'sécurité inconnue', nl: 'beveiliging onbekend' },
  '  not document/literal with one element there and one back': {
    fr: '  pas du document/literal avec un élément à l’aller et un au retour',
    nl: '  geen document/literal met één element heen en één terug',
  },
}
