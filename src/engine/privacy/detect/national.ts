/** National and tax numbers: told by their check digits, or by the name of the column and their length. */
import { isCnpj, isCpf } from '../numbers/brazil.ts';
import { isResidentId } from '../numbers/china.ts';
import { isNir } from '../numbers/france.ts';
import { isGermanTaxId } from '../numbers/germany.ts';
import { isAadhaar, isPan } from '../numbers/india.ts';
import { isCodiceFiscale } from '../numbers/italy.ts';
import { isCardNumber, isIban } from '../numbers/payment.ts';
import { isDni } from '../numbers/spain.ts';
import { isNhsNumber, isNino } from '../numbers/united-kingdom.ts';
import { isEin, isSsn } from '../numbers/united-states.ts';
import type { ValueDetector } from './detector.ts';

const plain = (value: string): string => value.replace(/[\s./-]/g, '');
const digits =
  (...lengths: number[]) =>
  (value: string): boolean =>
    lengths.includes(plain(value).length) && /^\d+$/.test(plain(value));

/** By check digit alone one in ten of other numbers passes; a column of them does not. */
const checked = { alone: 0.9, named: 0.5 };

export const nationalNumbers: readonly ValueDetector[] = [
  {
    kind: 'iban',
    label: /\b(iban|konto|kontonummer|account|bank account|compte|cuenta|conto|conta)\b/,
    test: isIban,
    ...checked,
    alone: 0.6,
    strength: 0.99,
  },
  {
    kind: 'card-number',
    label:
      /\b(card|card (no|nr|num|number)|cardnumber|credit card|creditcard|debit card|cc|cc (no|num|number)|pan|kreditkarte|kreditkartennummer|kartennummer|carte|carte bancaire|numero (de )?carte|tarjeta|carta|carta di credito|cartao|creditcardnummer|karta)\b|银行卡|信用卡/,
    notLabel: /\b(type|brand|holder|expiry|issuer|status|limit|network|count|scheme)\b/,
    test: isCardNumber,
    loose: digits(13, 14, 15, 16, 19),
    ...checked,
    strength: 0.97,
  },
  {
    kind: 'us-ssn',
    label: /\b(ssn|social security|social security (no|nr|num|number)|soc sec|socialsecurity)\b/,
    // Without separators any nine digits would do.
    test: (value) => isSsn(value) && /[ -]/.test(value),
    loose: digits(9),
    alone: 0.9,
    named: 0.5,
    strength: 0.9,
  },
  {
    kind: 'us-ein',
    label: /\b(ein|fein|employer id|employer identification|tax id|federal tax id|tin|taxpayer id)\b/,
    test: (value) => isEin(value) && value.includes('-'),
    loose: digits(9),
    alone: Infinity,
    named: 0.5,
    strength: 0.9,
  },
  {
    kind: 'uk-nino',
    label: /\b(nino|ni (no|number)|national insurance|national insurance (no|number)|nat ins)\b/,
    test: isNino,
    ...checked,
    strength: 0.97,
  },
  {
    kind: 'uk-nhs',
    label: /\b(nhs|nhs (no|number|num|id))\b/,
    test: isNhsNumber,
    loose: digits(10),
    ...checked,
    alone: 0.95,
    strength: 0.95,
  },
  {
    kind: 'de-tax-id',
    label:
      /\b(steuer id|steuerid|steuer identifikationsnummer|steueridentifikationsnummer|steuernummer|steuer nr|idnr|tin|tax id)\b/,
    test: isGermanTaxId,
    loose: digits(10, 11, 13),
    ...checked,
    strength: 0.98,
  },
  {
    kind: 'fr-nir',
    label: /\b(nir|securite sociale|numero (de )?securite sociale|num secu|secu|insee|nss|carte vitale)\b/,
    test: isNir,
    loose: digits(13, 15),
    ...checked,
    strength: 0.99,
  },
  {
    kind: 'es-dni',
    label: /\b(dni|nie|nif|documento (nacional )?(de )?identidad|identidad)\b/,
    test: isDni,
    loose: (value) => /^[XYZ]?\d{7,8}[A-Z]?$/i.test(plain(value)),
    ...checked,
    strength: 0.98,
  },
  {
    kind: 'it-cf',
    label: /\b(codice fiscale|cod fiscale|codfisc|cod fisc|cf|codicefiscale)\b/,
    test: isCodiceFiscale,
    loose: (value) => /^[A-Z]{6}[\dA-Z]{10}$/i.test(plain(value)),
    ...checked,
    strength: 1,
  },
  {
    kind: 'cn-resident-id',
    label: /\b(resident id|shenfenzheng|sfz|id card|identity card|national id|citizen id|id number)\b|身份证/,
    test: isResidentId,
    loose: (value) => /^\d{17}[\dX]$|^\d{15}$/i.test(value),
    ...checked,
    strength: 1,
  },
  {
    kind: 'in-aadhaar',
    label: /\b(aadhaar|aadhar|adhaar|uidai|uid|uid (no|number)|aadhaar (no|number))\b/,
    test: isAadhaar,
    loose: digits(12),
    ...checked,
    strength: 0.95,
  },
  {
    kind: 'in-pan',
    label: /\b(pan|pan (no|number|card)|permanent account number|income tax pan)\b/,
    test: isPan,
    alone: 0.95,
    named: 0.5,
    strength: 0.97,
  },
  {
    kind: 'br-cpf',
    label: /\b(cpf|cpf cnpj|cadastro de pessoa|num cpf|nr cpf)\b/,
    test: isCpf,
    loose: digits(11),
    ...checked,
    strength: 0.99,
  },
  {
    kind: 'br-cnpj',
    label: /\b(cnpj|cpf cnpj|num cnpj|nr cnpj)\b/,
    test: isCnpj,
    loose: digits(14),
    ...checked,
    strength: 0.99,
  },
];
