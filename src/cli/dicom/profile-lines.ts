/** `semblance dicom profile`: a profile, what it does otherwise than the standard, and as YAML. */
import {
  differences,
  profileYaml,
  standardEdition,
} from '../../engine/dicom/deidentify/profile/profile-file.ts';
import { optionNames, profileOptions } from '../../engine/dicom/deidentify/profile/options.ts';
import { formatTag } from '../../engine/dicom/tag.ts';
import { createOutput } from '../../engine/tables/output-file.ts';
import type { Command } from '../command.ts';
import { profileChoices } from '../deid/profile-choices.ts';
import { requireApart } from '../paths.ts';
import { textTable } from '../text-table.ts';

export const runDicomProfile: Command = async (options) => {
  options.words(1, 1);
  const choices = await profileChoices(options);
  const changed = differences(choices);
  const out = options.text('out');
  if (out !== undefined) {
    await requireApart(out, options.filesRead());
    const output = await createOutput(out, options.flag('force'));
    try {
      await output.write(Buffer.from(profileYaml(choices)));
      await output.commit();
    } finally {
      await output.discard();
    }
  }
  const chosen = optionNames.filter((name) => choices.options.has(name));
  return {
    json: {
      profile: {
        ...{ name: choices.name, standard: standardEdition, options: chosen },
        differences: changed.map(({ tag, ...rest }) => ({ tag: formatTag(tag), ...rest })),
      },
      ...(out !== undefined && { output: { path: out } }),
    },
    text: (width) => [
      `${choices.name}, after ${standardEdition}`,
      ...(chosen.length === 0
        ? ['No options']
        : chosen.map((name) => `  ${name}: ${profileOptions[name].meaning}`)),
      '',
      ...(changed.length === 0
        ? ['Nothing is done otherwise than the standard says.']
        : textTable(
            [
              { head: 'Tag', align: 'left' },
              { head: 'Attribute', align: 'left', flexible: true },
              { head: 'Here', align: 'left' },
              { head: 'Standard', align: 'left' },
            ],
            changed.map(({ tag, name, code, standard }) => [formatTag(tag), name, code, standard ?? '–']),
            width,
          )),
      ...(out === undefined ? [] : ['', `Profile  ${out}`]),
    ],
  };
};
