import type { Texts } from '../types.js'

/** Help and messages of explain. */
export const explainTexts: Texts = {
  'tell what an error code means, what to do and who must act; no network': {
    fr: 'dire ce que signifie un code d’erreur, que faire et qui doit agir ; sans réseau',
    nl: 'zeggen wat een foutcode betekent, wat te doen en wie moet handelen; zonder netwerk',
  },
  'a code (keystore.password), a family of them (keystore), or a general code of the platform (SOA-…)': {
    fr: 'un code (keystore.password), une famille de codes (keystore), ou un code général de la plateforme (SOA-…)',
    nl: 'een code (keystore.password), een familie van codes (keystore), of een algemene code van het platform (SOA-…)',
  },
  'list every code': { fr: 'lister tous les codes', nl: 'alle codes tonen' },
  'print JSON, in English': { fr: 'afficher du JSON, en anglais', nl: 'JSON tonen, in het Engels' },
  '--list goes without a code': { fr: '--list se donne sans code', nl: '--list gaat zonder code' },
  'give a code, or --list': { fr: 'donnez un code, ou --list', nl: 'geef een code, of --list' },
  'there is no code {0}; ehealth explain --list shows every one': {
    fr: 'il n’y a pas de code {0} ; ehealth explain --list les montre tous',
    nl: 'er is geen code {0}; ehealth explain --list toont ze allemaal',
  },
  'there is no code {0}; near it: {1}': {
    fr: 'il n’y a pas de code {0} ; les plus proches : {1}',
    nl: 'er is geen code {0}; het dichtst erbij: {1}',
  },
  'no, unless the error itself says so (retryable)': {
    fr: 'non, sauf si l’erreur elle-même le dit (retryable)',
    nl: 'nee, tenzij de fout het zelf zegt (retryable)',
  },
  'a finding of ehealth doctor': {
    fr: 'un constat d’ehealth doctor',
    nl: 'een vaststelling van ehealth doctor',
  },
  meaning: { fr: 'signification', nl: 'betekenis' },
  'what to do': { fr: 'que faire', nl: 'wat te doen' },
  'who must act': { fr: 'qui doit agir', nl: 'wie moet handelen' },
  repeat: { fr: 'répéter', nl: 'herhalen' },
  'our code': { fr: 'notre code', nl: 'onze code' },
  'whose fault': { fr: 'à qui la faute', nl: 'wiens fout' },
  'the calling program must change something': {
    fr: 'le programme appelant doit changer quelque chose',
    nl: 'het aanroepende programma moet iets wijzigen',
  },
  'the network, or the way to the platform': {
    fr: 'le réseau, ou le chemin vers la plateforme',
    nl: 'het netwerk, of de weg naar het platform',
  },
  'the platform refused or failed': {
    fr: 'la plateforme a refusé ou échoué',
    nl: 'het platform heeft geweigerd of gefaald',
  },
  'whoever made the data: another party': {
    fr: 'l’auteur des données : une autre partie',
    nl: 'wie de gegevens maakte: een andere partij',
  },
  'yes, the same call may simply be repeated': {
    fr: 'oui, le même appel peut simplement être répété',
    nl: 'ja, dezelfde oproep mag gewoon worden herhaald',
  },
  'no: the same call would be refused again': {
    fr: 'non : le même appel serait refusé à nouveau',
    nl: 'neen: dezelfde oproep zou opnieuw worden geweigerd',
  },
  'yes, after a pause': { fr: 'oui, après une pause', nl: 'ja, na een pauze' },
  'once, with a new token': { fr: 'une fois, avec un nouveau jeton', nl: 'één keer, met een nieuw token' },
  "the caller's, says the platform": {
    fr: 'celle de l’appelant, dit la plateforme',
    nl: 'die van de aanroeper, zegt het platform',
  },
  "the platform's own": { fr: 'celle de la plateforme', nl: 'die van het platform zelf' },
}
