/** Numbers that institutions give people: of records, accounts and documents. Their names tell them, not their values. */
import type { ValueDetector } from './detector.ts';

const code = (value: string): boolean => /^(?=.*\d)[\p{L}\d][\p{L}\d ./_-]{1,29}$/u.test(value);
const notCounts =
  /\b(type|status|balance|date|age|count|amount|name|open|opened|manager|limit|total|sum|visits|score|group|class|kind|category|brand|level|bank|currency|unit|active|expiry|expires|year|month)\b/;
const number = '(id|ids|no|nr|num|number|nummer|numero|n|code|key|ref|identifier|uid|hash)';

export const medicalRecord: ValueDetector = {
  kind: 'medical-record',
  label: new RegExp(
    `\\b(mrn|medrec|medical record( ${number})?|record ${number}|patient ${number}|patientid|chart ${number}|hospital ${number}|case ${number}|encounter ${number}|admission ${number}|subject ${number}|patientennummer|patientennr|patienten ${number}|fallnummer|fall ${number}|aktenzeichen|(numero|num)( de)? dossier|dossier ${number}|(numero|num|no|n|nr)( de| du)? patient|id patient|ipp|historia clinica|nhc|(numero|num)( de)? paciente|paciente ${number}|cartella clinica|numero cartella|prontuario|patientnummer|patient ${number}|numer pacjenta)\\b|病历号|住院号|病案号|患者编号`,
  ),
  notLabel: notCounts,
  test: () => false,
  loose: code,
  alone: Infinity,
  named: 0.8,
  strength: 0.9,
};

export const accountNumber: ValueDetector = {
  kind: 'account-number',
  label: new RegExp(
    `\\b(account|acct|account (to|from)|account ${number}|acct ${number}|bank account|konto|kontonummer|konto ${number}|customer ${number}|customerid|client ${number}|kundennummer|kunden ${number}|kundennr|member ${number}|membership ${number}|mitgliedsnummer|policy ${number}|policyholder ${number}|health plan ${number}|beneficiary ${number}|insurance ${number}|versichertennummer|versicherungsnummer|(numero|num)( de)? compte|compte|(numero|num)( de)? client|(numero|num)( de)? cuenta|cuenta|(numero|num)( de)? cliente|conto|numero conto|numero( da)? conta|conta|rekeningnummer|klantnummer|bankrekening|numer konta|kundnummer|loyalty ${number}|subscriber ${number}|user ${number}|userid|employee ${number}|staff ${number}|personalnummer|person ${number}|loan account)\\b|账号|账户|卡号|客户编号`,
  ),
  notLabel: notCounts,
  test: () => false,
  loose: code,
  alone: Infinity,
  named: 0.8,
  strength: 0.9,
  distinct: 0.05,
};

export const documentNumber: ValueDetector = {
  kind: 'document-number',
  label: new RegExp(
    `\\b(birth number|personnummer|personnr|rodne cislo|pesel|bsn|burgerservicenummer|ahv|ahv ${number}|fodselsnummer|cpr ${number}|national ${number}|passport|passport ${number}|licence ${number}|license ${number}|driver licen[cs]e|drivers licen[cs]e|driving licen[cs]e|licen[cs]e plate|number plate|registration plate|plate ${number}|vin|imei|imsi|device ${number}|device serial|serial ${number}|mac|mac address|ausweis|ausweisnummer|reisepass|reisepassnummer|passnummer|kennzeichen|fuhrerschein|passeport|numero( de)? passeport|permis|plaque|pasaporte|matricula|passaporto|targa|patente|passaporte|placa|paspoort|paspoortnummer|kenteken|paszport|certificate ${number}|biometric ${number})\\b|护照|车牌|驾驶证`,
  ),
  notLabel: notCounts,
  test: () => false,
  loose: (value) => code(value) || /^([\da-f]{2}[:-]){5}[\da-f]{2}$/i.test(value),
  alone: Infinity,
  named: 0.8,
  strength: 0.9,
  distinct: 0.05,
};
