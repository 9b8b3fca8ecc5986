/** The words around the tables of the pages on errors, in three languages. French with ordinary spaces. */

export const pageTexts = {
  en: {
    file: 'docs/errors.md',
    title: 'Troubleshooting by error code',
    start: 'Start here',
    order: 'Every failure is an `EHealthError`. What to read, in this order:',
    parts: [
      ['part', 'what it tells'],
      ['`code`', 'what happened. It is stable: a program acts on the code, never on the message'],
      ['`path`', 'which option, number or field is meant, for instance `as.ssin`'],
      ['`hint`', 'what to do next'],
      ['`origin`, `retryable`', 'who must act; whether the very same call may simply be repeated'],
      [
        '`platform`',
        'what the platform itself said: its code, its texts, and the ticket `platform.id` that its service desk asks for',
      ],
    ],
    safe: 'Messages hold no patient data, password or key: `error.toJSON()` may be logged.',
    tools: [
      ['tool', 'when'],
      ['`ehealth explain CODE`', 'to read what a code means, in the language of the locale'],
      ['`ehealth doctor`', 'to look at everything between this machine and a call, before the first one'],
      [
        '`--debug`',
        'to see one line per event, without content; in a program `on`, see [Observability](observability.md)',
      ],
      [
        '`--record DIR`',
        'to keep every exchange byte for byte ([the recording](observability.md#recording)). **It holds patient data**',
      ],
    ],
    first: 'What newcomers meet first',
    situations: ['what you see', 'code', 'what to do'],
    all: 'All codes',
    origins: {
      head: ['origin', 'who must act'],
      client: 'the calling program must change something',
      transport: 'the network or the way to the platform',
      platform: 'the platform refused or failed',
      partner: 'data that another party made',
    },
    count: (codes, families, links) => `${codes} codes in ${families} families: ${links}.`,
    head: ['code', 'origin', 'repeat', 'meaning', 'what to do'],
    yes: 'yes',
    no: 'no',
  },
  fr: {
    file: 'docs/depannage.md',
    title: 'Dépannage par code d’erreur',
    start: 'Commencer ici',
    order: 'Chaque échec est une `EHealthError`. Ce qu’il faut lire, dans cet ordre :',
    parts: [
      ['partie', 'ce qu’elle dit'],
      ['`code`', 'ce qui s’est passé. Il est stable : un programme réagit au code, jamais au message'],
      ['`path`', 'quelle option, quel numéro ou quel champ est visé, par exemple `as.ssin`'],
      ['`hint`', 'que faire ensuite (en anglais ; les tableaux ci-dessous le traduisent)'],
      ['`origin`, `retryable`', 'qui doit agir ; si le même appel peut simplement être répété'],
      [
        '`platform`',
        'ce que la plateforme a dit elle-même : son code, ses textes, et le ticket `platform.id` que demande son centre de contact',
      ],
    ],
    safe: 'Les messages ne contiennent ni données de patients, ni mot de passe, ni clé : `error.toJSON()` peut aller dans un journal.',
    tools: [
      ['outil', 'quand'],
      ['`ehealth explain CODE`', 'pour lire ce que signifie un code, dans la langue du système'],
      [
        '`ehealth doctor`',
        'pour examiner tout ce qui se trouve entre cette machine et un appel, avant le premier',
      ],
      [
        '`--debug`',
        'pour voir une ligne par événement, sans contenu ; dans un programme `on`, voir [Observability](observability.md)',
      ],
      [
        '`--record DIR`',
        'pour garder chaque échange, octet pour octet ([l’enregistrement](observability.md#recording)). **Il contient des données de patients**',
      ],
    ],
    first: 'Ce que l’on rencontre au début',
    situations: ['ce que vous voyez', 'code', 'que faire'],
    all: 'Tous les codes',
    origins: {
      head: ['origine', 'qui doit agir'],
      client: 'le programme appelant doit changer quelque chose',
      transport: 'le réseau ou le chemin vers la plateforme',
      platform: 'la plateforme a refusé ou échoué',
      partner: 'des données faites par une autre partie',
    },
    count: (codes, families, links) => `${codes} codes dans ${families} familles : ${links}.`,
    head: ['code', 'origine', 'répéter', 'signification', 'que faire'],
    yes: 'oui',
    no: 'non',
  },
  nl: {
    file: 'docs/problemen-oplossen.md',
    title: 'Problemen oplossen per foutcode',
    start: 'Begin hier',
    order: 'Elke mislukking is een `EHealthError`. Wat u leest, in deze volgorde:',
    parts: [
      ['deel', 'wat het zegt'],
      ['`code`', 'wat er gebeurd is. Ze is vast: een programma reageert op de code, nooit op de boodschap'],
      ['`path`', 'welke optie, welk nummer of welk veld bedoeld is, bijvoorbeeld `as.ssin`'],
      ['`hint`', 'wat nu te doen (in het Engels; de tabellen hieronder vertalen het)'],
      ['`origin`, `retryable`', 'wie moet handelen; of dezelfde oproep gewoon mag worden herhaald'],
      [
        '`platform`',
        'wat het platform zelf zei: zijn code, zijn teksten, en het ticket `platform.id` waar zijn contactcenter naar vraagt',
      ],
    ],
    safe: 'Boodschappen bevatten geen patiëntgegevens, wachtwoord of sleutel: `error.toJSON()` mag in een logboek.',
    tools: [
      ['middel', 'wanneer'],
      ['`ehealth explain CODE`', 'om te lezen wat een code betekent, in de taal van het systeem'],
      ['`ehealth doctor`', 'om alles tussen deze machine en een oproep na te kijken, voor de eerste'],
      [
        '`--debug`',
        'om één regel per gebeurtenis te zien, zonder inhoud; in een programma `on`, zie [Observability](observability.md)',
      ],
      [
        '`--record DIR`',
        'om elke uitwisseling byte voor byte te bewaren ([de opname](observability.md#recording)). **Ze bevat patiëntgegevens**',
      ],
    ],
    first: 'Wat u het eerst tegenkomt',
    situations: ['wat u ziet', 'code', 'wat te doen'],
    all: 'Alle codes',
    origins: {
      head: ['herkomst', 'wie moet handelen'],
      client: 'het aanroepende programma moet iets wijzigen',
      transport: 'het netwerk of de weg naar het platform',
      platform: 'het platform heeft geweigerd of gefaald',
      partner: 'gegevens die een andere partij maakte',
    },
    count: (codes, families, links) => `${codes} codes in ${families} families: ${links}.`,
    head: ['code', 'herkomst', 'herhalen', 'betekenis', 'wat te doen'],
    yes: 'ja',
    no: 'neen',
  },
}

/** The same page in the other languages, by their own names. */
export const languageNames = { en: 'English', fr: 'Français', nl: 'Nederlands' }
