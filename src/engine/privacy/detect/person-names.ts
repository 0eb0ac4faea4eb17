/** Names of people: by the name of the column, and by lists of given and family names. */
import type { PersonalFinding } from '../../../shared/personal.ts';
import type { PersonalKind } from '../../../shared/personal-kinds.ts';
import { hasChineseFamilyName, isFamilyName, isGivenName } from '../names/lists.ts';
import { confidenceOf, countOf, lowerBound, type ObservedColumn } from './detector.ts';
import { fold } from './label.ts';

const titles =
  /^(mr|mrs|ms|miss|mx|dr|prof|professor|sir|lady|lord|rev|herr|frau|fraulein|m|mme|mlle|monsieur|madame|sr|sra|srta|don|dona|dott|dottssa|sig|sigra|sigora|ing|avv|dhr|mevr|pan|pani|shri|smt|dipl|med|phil|rer|nat|h|c)\.?$/;
const suffixes = /^(jr|sr|i|ii|iii|iv|v|md|phd|dds|dvm|esq|rn|do|dvs|pd)\.?$/;
const particles =
  /^(de|del|de la|da|do|dos|das|di|van|von|vom|zu|zum|der|den|la|le|du|des|el|al|bin|ben|y|e|af|ter|ten|op|mc|mac|o|d|st)$/;

const givenLabel =
  /\b(first|given|fore|christian|middle|preferred|maiden first) ?names?\b|\b(forename|firstname|fname|givenname|vorname|vornamen|rufname|prenom|prenoms|nombre de pila|primer nombre|nombres?|nome|nome proprio|primeiro nome|voornaam|voornamen|imie|fornamn|tilltalsnamn|keresztnev)\b|^名字?$|名$/;
const familyLabel =
  /\b(last|family|sur|maiden) ?names?\b|\b(surname|lastname|lname|familyname|nachname|nachnamen|familienname|zuname|geburtsname|nom|nom de famille|nom de naissance|apellidos?|primer apellido|segundo apellido|cognome|cognomi|sobrenome|apelido|achternaam|familienaam|nazwisko|efternamn)\b|^姓氏?$/;
const fullLabel =
  /\b(full|complete|whole|legal|real|display|person|people|patient|customer|client|employee|staff|member|student|teacher|contact|owner|holder|account holder|cardholder|card holder|beneficiary|insured|subscriber|recipient|sender|author|user|guest|passenger|applicant|borrower|donor|doctor|physician|nurse|provider|manager|agent|spouse|mother|father|guardian|next of kin|emergency contact|emergency) ?(full )?names?\b|\b(fullname|vollstandiger name|voller name|vor und nachname|name vorname|patientenname|kundenname|nom complet|nom et prenom|nom prenom|nom du patient|nom du client|nombre completo|nombre y apellidos?|nombre del (paciente|cliente)|nome completo|nome e cognome|nominativo|nome do (paciente|cliente)|volledige naam|naam|imie i nazwisko|namn|fullstandigt namn|name|patient|customer|doctor|physician|employee|contact person|kontaktperson|ansprechpartner)\b|姓名|患者姓名/;
const notNames =
  /\b(company|companies|employer|business|firm|firma|entreprise|empresa|azienda|bedrijf|organi[sz]ation|org|product|produkt|produit|producto|prodotto|item|article|artikel|brand|marke|model|file|host|server|domain|city|town|stadt|ville|ciudad|country|state|region|county|street|road|school|hospital|clinic|department|dept|team|project|event|course|category|group|class|job|position|title|role|campaign|store|shop|branch|bank|drug|medication|medicine|test|procedure|disease|diagnosis|device|vehicle|ship|dog|pet|animal|movie|film|book|song|album|game|column name|field name|table name|app|plan|vendor|supplier|merchant|station|airport|hotel|restaurant|count|type|id|code|status|color|colour|event|service|process|package|segment|species|variety|port|provider type|insurer|payer)\b|公司|产品|商品|城市|名称/;

/** What a value says: the words of a name without titles, family name last. */
function wordsOf(value: string): string[] {
  const turned = /^([^,]+),\s*([^,]+)$/.exec(value);
  const plain = turned ? `${turned[2] ?? ''} ${turned[1] ?? ''}` : value;
  return fold(plain)
    .split(/[\s.]+/)
    .filter((word) => word !== '' && !titles.test(word) && !suffixes.test(word));
}

const letters = /^[\p{L}\p{M}][\p{L}\p{M}\s.,'’‘-]*$/u;

/** Letters, few words, in any script: it may be a name. */
function mayBeName(value: string): boolean {
  return value.length <= 60 && letters.test(value) && value.split(/\s+/).length <= 6;
}

const parts = (word: string): string[] => word.split(/[-'’]/).filter((part) => part !== '');
const given = (word: string): boolean => parts(word).some(isGivenName);
const family = (word: string): boolean =>
  isFamilyName(word.replace(/[-'’]/g, '')) || parts(word).some(isFamilyName);
const han = /^\p{Script=Han}{2,4}$/u;

/** Whether a label speaks of things that have names, too. */
export function namesThings(label: string): boolean {
  return notNames.test(label);
}

/** What stands in names of companies and not in those of people. */
const companyWord =
  /(^|[\s,])(and|und|et|en|&|inc|llc|ltd|plc|group|gmbh|ag|kg|ohg|ug|sa|s\.a\.?|sas|sarl|ei|eurl|sci|srl|spa|sl|bv|nv|ltda|sons|co|corp|e\.?v|gbr|partners|associates|hijos|fils|freres)\.?($|[\s,])/i;

/** A given name followed by a family name of the lists. */
export function isFullName(value: string): boolean {
  if (han.test(value)) return hasChineseFamilyName(value) && !/[市县区省州镇乡色国]$/.test(value);
  if (!mayBeName(value) || companyWord.test(value) || value.includes(' - ')) return false;
  const words = wordsOf(value);
  const last = words.at(-1);
  if (words.length < 2 || words.length > 5 || last === undefined) return false;
  const first = words.slice(0, -1).filter((word) => !particles.test(word));
  const familyWord = family(last) || first.slice(1).some(family);
  return familyWord && first.some(given);
}

function isGiven(value: string): boolean {
  const words = wordsOf(value);
  return mayBeName(value) && words.length <= 2 && words.length > 0 && words.some(given);
}

function isFamily(value: string): boolean {
  const words = wordsOf(value).filter((word) => !particles.test(word));
  return mayBeName(value) && words.length <= 3 && words.some(family);
}

/** Of single words most of a column must be in the lists, where its name is silent: they are also names of towns. */
const aloneGiven = 0.75;
const aloneFamily = 0.85;
/**
 * Two words of which the first is a given name and the other a family name are hardly anything else: names of
 * companies reach 15 % at most. Lists of one country know a third of the names of others.
 */
const aloneFull = 0.22;

/** Names of people in a column, as given names, family names or both. */
export function findNames(column: ObservedColumn): PersonalFinding | undefined {
  const { label, values } = column;
  const sampled = values.length;
  const named = notNames.test(label) ? undefined : kindByLabel(label);
  const plausible = countOf(values, mayBeName);
  if (sampled === 0 || plausible < sampled * 0.7) return undefined;
  const words = values.map((value) => (han.test(value) ? 2 : wordsOf(value).length));
  const several = words.filter((count) => count >= 2).length / sampled;
  const counts = {
    'given-name': countOf(values, isGiven),
    'family-name': countOf(values, isFamily),
    'full-name': countOf(values, isFullName),
  };
  const finding = (kind: keyof typeof counts, hits: number, byLabel: boolean): PersonalFinding => ({
    kind,
    confidence: confidenceOf(hits, sampled, byLabel ? 1 : 0.9, byLabel),
    sampled,
    hits,
    named: byLabel,
    withinText: false,
  });
  if (named) {
    const kind = settle(named, several, counts, sampled);
    // A bare “name” may be that of anything.
    const bare = /^(name|naam|namn|nome|nombre|nom|patient|customer|contact person)$/.test(label);
    const best = Math.max(counts['given-name'], counts['family-name'], counts['full-name']);
    if (!bare || best >= sampled * 0.4)
      return finding(kind, Math.max(counts[kind], bare ? 0 : Math.round(plausible * 0.8)), true);
  }
  if (notNames.test(label) || column.distinct < 3) return undefined;
  const full = counts['full-name'] / sampled;
  if (several >= 0.7 && full >= aloneFull) {
    // The share itself says how well the lists know the language, not how sure it is.
    const confidence = Math.min(0.95, 0.5 + full / 1.2) * lowerBound(sampled, sampled);
    return { ...finding('full-name', counts['full-name'], false), confidence };
  }
  if (several > 0.4) return undefined;
  const better = counts['given-name'] >= counts['family-name'] ? 'given-name' : 'family-name';
  const needed = better === 'given-name' ? aloneGiven : aloneFamily;
  return counts[better] >= sampled * needed ? finding(better, counts[better], false) : undefined;
}

type NameKind = Extract<PersonalKind, 'given-name' | 'family-name' | 'full-name'>;

function kindByLabel(label: string): NameKind | undefined {
  if (fullLabel.test(label) && !/\b(first|given|last|family|sur) ?name/.test(label)) return 'full-name';
  if (familyLabel.test(label))
    return givenLabel.test(label) && !/\b(nom|nombres?)\b/.test(label) ? 'full-name' : 'family-name';
  return givenLabel.test(label) ? 'given-name' : undefined;
}

/** Some languages say the same word for one name and for all of them: the values decide. */
function settle(
  named: NameKind,
  several: number,
  counts: Record<NameKind, number>,
  sampled: number,
): NameKind {
  if (named === 'full-name' && several < 0.3)
    return counts['given-name'] >= counts['family-name'] ? 'given-name' : 'family-name';
  if (named === 'given-name' && several > 0.7 && counts['full-name'] > sampled * 0.5) return 'full-name';
  return named;
}
