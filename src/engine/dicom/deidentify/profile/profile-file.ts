/** Profiles as YAML, to be kept, sent and looked over: options, and each attribute that is treated otherwise. */
import { Document, isMap, isScalar, parseDocument } from 'yaml';
import { z } from 'zod';
import { AppError } from '../../../../shared/errors.ts';
import { attributeOf } from '../../dictionary/attributes.ts';
import { formatTag, isPrivate, parseTag, type Tag } from '../../tag.ts';
import { isOptionName, optionNames, type OptionName } from './options.ts';
import { type ProfileChoices } from './profile.ts';
import { codeUnder, isActionCode, profileRow, type ActionCode } from './table.ts';

export const standardEdition = 'DICOM PS3.15 Annex E 2024b';

const contents = z.object({
  semblanceProfile: z.literal(1),
  name: z.string().min(1).max(200),
  standard: z.string().optional(),
  options: z.array(z.string()).max(100).nullish(),
  attributes: z.record(z.string(), z.string()).nullish(),
});

/** An attribute that a profile treats otherwise than the standard does under the same options. */
export interface ProfileDifference {
  readonly tag: Tag;
  readonly name: string;
  readonly code: ActionCode;
  /** Undefined where the standard's table does not list it. */
  readonly standard: ActionCode | undefined;
}

/** What a person has changed, in the order of tags; what says the same as the standard is none. */
export function differences({ options, overrides }: ProfileChoices): ProfileDifference[] {
  return [...overrides]
    .sort(([a], [b]) => a - b)
    .flatMap(([tag, code]) => {
      const row = profileRow(tag);
      const standard = row && codeUnder(row, options);
      const name = attributeOf(tag)?.name ?? row?.name ?? '';
      return code === standard ? [] : [{ tag, name, code, standard }];
    });
}

/** With the standard's own code beside each that differs from it. */
export function profileYaml(choices: ProfileChoices): string {
  const document = new Document({
    semblanceProfile: 1,
    name: choices.name,
    standard: standardEdition,
    options: optionNames.filter((name) => choices.options.has(name)),
    attributes: Object.fromEntries(
      differences(choices).map(({ tag, code }) => [formatTag(tag), code] as const),
    ),
  });
  document.commentBefore = ` Codes: D dummy, Z empty, X remove, K keep, C clean, U new UID (PS3.15 table E.1-1a).`;
  const attributes = document.get('attributes');
  if (isMap(attributes)) {
    for (const [index, { name, standard }] of differences(choices).entries()) {
      const value = attributes.items[index]?.value;
      if (isScalar(value)) value.comment = ` ${name}; the standard: ${standard ?? 'not listed'}`;
    }
  }
  return document.toString();
}

/**
 * @throws dicom/profile for what is no profile, or names an option, an attribute or a code that there is not.
 */
export function profileFromYaml(text: string): ProfileChoices {
  const checked = contents.safeParse(parsed(text));
  if (!checked.success) {
    const place = checked.error.issues[0]?.path.join('.') ?? '';
    throw AppError.of('dicom/profile', 'dicom_profile_shape', { place: place === '' ? '–' : place });
  }
  const { name, options, attributes } = checked.data;
  return {
    name,
    options: new Set((options ?? []).map(optionFrom)),
    overrides: new Map(Object.entries(attributes ?? {}).map(overrideFrom)),
  };
}

function parsed(text: string): unknown {
  const document = parseDocument(text);
  const refused = (line: number) => AppError.of('dicom/profile', 'dicom_profile_yaml', { line });
  if (document.errors.length > 0) throw refused(document.errors[0]?.linePos?.[0].line ?? 1);
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch {
    // References, which can be made to fill the memory.
    throw refused(1);
  }
}

function optionFrom(text: string): OptionName {
  if (isOptionName(text)) return text;
  throw AppError.of('dicom/profile', 'dicom_profile_option', { option: text, options: [...optionNames] });
}

function overrideFrom([text, code]: [string, string]): [Tag, ActionCode] {
  const tag = parseTag(text);
  if (tag === undefined || isPrivate(tag) || !(attributeOf(tag) ?? profileRow(tag)))
    throw AppError.of('dicom/profile', 'dicom_profile_attribute', { tag: text });
  if (!isActionCode(code)) throw AppError.of('dicom/profile', 'dicom_profile_code', { tag: text, code });
  return [tag, code];
}
