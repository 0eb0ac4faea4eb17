/** A profile as it is used: the basic one, options on top, and what a person has changed. */
import { attributeOf } from '../../dictionary/attributes.ts';
import { type Tag } from '../../tag.ts';
import { attributeType } from './attribute-types.ts';
import { type OptionName } from './options.ts';
import { codeUnder, profileRow, type ActionCode } from './table.ts';
import { treatmentOf, type Treatment } from './treatment.ts';

/** `pseudonym` for what every file of a patient or study shares; `scrub` keeps text but for what names somebody. */
export type Handling = Treatment | 'pseudonym' | 'scrub';

export interface ProfileChoices {
  readonly name: string;
  readonly options: ReadonlySet<OptionName>;
  /** Codes that a person has given attributes instead of the standard's. */
  readonly overrides: ReadonlyMap<Tag, ActionCode>;
}

export const basicChoices: ProfileChoices = { name: 'basic', options: new Set(), overrides: new Map() };

const openText: ReadonlySet<string> = new Set(['LO', 'LT', 'SH', 'ST', 'UC', 'UT']);

/** Z and D allow a value that stands for the old one: patient's name and ID, accession number, study ID. */
const pseudonymous: ReadonlySet<Tag> = new Set([0x00080050, 0x00100010, 0x00100020, 0x00200010]);

/** Study Date and Time: the directory of a medium must name them (PS3.3 table F.5-2), and Z allows a dummy as well. */
const neededOnMedia: ReadonlySet<Tag> = new Set([0x00080020, 0x00080030]);

/** UIDs that say what things are, not which they are. Those of instances are all others. */
const structural = /SOPClass|TransferSyntax|CodingScheme|ContextUID|ContextGroup|MappingResource/;
/** Which device, rather than what kind of one. */
const device = /(?:DeviceID|SerialNumber|UniqueIdentifier)$/;
/** Short text in which anybody writes anything. */
const prose = /(?:Comments?|Description|Remarks?|Notes?)$/;
/** Codes, whose text the scheme gives. */
const ofCodes = /^(?:CodingScheme|LongCodeValue|URNCodeValue|ExtendedCodeMeaning)/;

export class Profile {
  readonly choices: ProfileChoices;
  readonly #found = new Map<string, Map<Tag, Handling>>();

  constructor(choices: ProfileChoices) {
    this.choices = choices;
  }

  has(option: OptionName): boolean {
    return this.choices.options.has(option);
  }

  /**
   * What happens to a standard attribute that the dictionary knows.
   *
   * @param parent The sequence it is in.
   */
  handling(tag: Tag, sopClass: string | undefined, parent: Tag | undefined): Handling {
    const place = parent === undefined ? (sopClass ?? '') : String(parent);
    let found = this.#found.get(place);
    // A hundred thousand files can name any number of classes.
    if (!found || this.#found.size > 4096) this.#found.set(place, (found = new Map<Tag, Handling>()));
    let handling = found.get(tag);
    if (handling === undefined) {
      handling = this.#decide(tag, sopClass, parent);
      found.set(tag, handling);
    }
    return handling;
  }

  #decide(tag: Tag, sopClass: string | undefined, parent: Tag | undefined): Handling {
    const own = this.choices.overrides.get(tag);
    const row = profileRow(tag);
    const code = own ?? (row && codeUnder(row, this.choices.options)) ?? this.#codeOfUnlisted(tag);
    if (code === undefined) return 'scrub';
    if (own === undefined && pseudonymous.has(tag) && /[DZ]/.test(code)) return 'pseudonym';
    // What an option keeps may still name somebody besides what it was kept for.
    if (code === 'K' && own === undefined && openText.has(attributeOf(tag)?.vr ?? '')) return 'scrub';
    const treatment = treatmentOf(code, attributeType(sopClass, tag, parent));
    return treatment === 'empty' && neededOnMedia.has(tag) ? 'dummy' : treatment;
  }

  /**
   * Attributes the table does not list are kept (PS3.15 section E.1.1), but for what by its nature can identify: names,
   * dates, instances, places in a network, and free text, which is cleaned.
   */
  #codeOfUnlisted(tag: Tag): ActionCode | undefined {
    const attribute = attributeOf(tag);
    if (!attribute) return 'X';
    switch (attribute.vr) {
      case 'DA':
      case 'DT':
      case 'TM':
        if (this.has('retain-long-full-dates')) return 'K';
        return this.has('retain-long-modified-dates') ? 'C' : 'X/Z/D';
      case 'PN':
      case 'AE':
        return 'X/Z/D';
      case 'UI':
        return structural.test(attribute.keyword) || this.has('retain-uids') ? 'K' : 'U';
      case 'UR':
        return ofCodes.test(attribute.keyword) ? 'K' : 'X/Z/D';
      case 'LT':
      case 'ST':
      case 'UC':
      case 'UT':
        return ofCodes.test(attribute.keyword) ? undefined : 'C';
      case 'LO':
      case 'SH':
        if (prose.test(attribute.keyword)) return 'C';
        return device.test(attribute.keyword) && !this.has('retain-device-identity') ? 'X/Z/D' : undefined;
      default:
        return 'K';
    }
  }
}
