import type { DicomProject } from '../../shared/dicom.ts';
import type { Job } from '../../shared/jobs.ts';
import { m } from '../../shared/messages/messages.js';
import { isActive, newest, type StepState } from './steps.ts';

export const dicomSteps = ['data', 'anonymise', 'export'] as const;
export type DicomStep = (typeof dicomSteps)[number];

/** How each step of a DICOM project stands, from the project and its jobs alone. */
export function dicomStepStates(
  { counts, exports }: Pick<DicomProject, 'counts' | 'exports'>,
  jobs: readonly Job[],
): Record<DicomStep, StepState> {
  const looking = newest(jobs, 'import');
  const writing = newest(jobs, 'deidentify');
  const isLooking = looking !== undefined && isActive(looking);
  const nothing = counts.instances === 0;
  const closed: StepState = { state: 'closed', note: m.dicom_note_first_find() };
  return {
    data: isLooking
      ? { state: 'running', note: m.dicom_note_looking() }
      : nothing ||
          looking?.state === 'failed' ||
          looking?.state === 'interrupted' ||
          looking?.state === 'paused'
        ? { state: 'attention', note: nothing ? m.dicom_note_nothing() : m.dicom_note_unfinished() }
        : { state: 'done', note: m.dicom_note_found() },
    anonymise: nothing ? closed : { state: 'open', note: m.dicom_note_choose() },
    export: nothing
      ? closed
      : writing && isActive(writing)
        ? { state: 'running', note: m.dicom_note_writing() }
        : writing?.state === 'failed' || writing?.state === 'interrupted' || writing?.state === 'paused'
          ? { state: 'attention', note: m.dicom_note_not_written() }
          : exports.length > 0
            ? { state: 'done', note: m.dicom_note_written() }
            : { state: 'open', note: m.dicom_note_ready() },
  };
}
