import type { Command } from '../command.ts';
import { runIndex } from '../dicom/index-folder.ts';
import { runDicomProfile } from '../dicom/profile-lines.ts';
import { runShow } from '../dicom/show-file.ts';
import { runVerifyFiles } from '../dicom/verify-files.ts';

const actions: Readonly<Record<string, Command | undefined>> = {
  index: runIndex,
  show: runShow,
  verify: runVerifyFiles,
  profile: runDicomProfile,
};

export const runDicom: Command = async (options, context) => {
  const [name = ''] = options.words(1, Infinity);
  const action = actions[name];
  if (!action) throw options.wrong(`There is no “dicom ${name}”: it is index, show, verify or profile.`);
  return action(options, context);
};
