/** Which series may show a face: cross-sections of heads, from which its surface can be rebuilt. */
import type { DataSet } from '../../read/data-set.ts';

export type FaceLikelihood = 'head' | 'possible' | 'none';

const MODALITY = 0x00080060;
/** Body Part Examined, and the descriptions of study, series, protocol and anatomic region. */
const BODY_PART = 0x00180015;
const DESCRIPTIONS = [0x00081030, 0x0008103e, 0x00181030] as const;
const ANATOMIC_REGIONS = 0x00082218;
const CODE_MEANING = 0x00080104;

const volumes = new Set(['CT', 'MR', 'PT', 'NM']);
const headWords =
  /head|brain|skull|cranium|crani|face|facial|orbit|sinus|neuro|cerebr|pituitar|sella|temporal|maxill|mandib|dental|jaw|ear|iac|nasophar|kopf|schädel|hirn|cabeza|tête|crâne|encephal|c-?spine|neck|cervical|hals/i;
const elsewhere =
  /chest|thorax|lung|abdomen|pelvis|liver|kidney|knee|hip|ankle|foot|hand|wrist|elbow|shoulder|prostate|breast|heart|cardiac|l-?spine|lumbar|t-?spine|extremity|femur|tibia/i;

/** From what the file says; `possible` where it says nothing of the part of the body. */
export function faceLikelihood(dataSet: DataSet): FaceLikelihood {
  if (!volumes.has(dataSet.text(MODALITY) ?? '')) return 'none';
  const part = dataSet.text(BODY_PART) ?? '';
  const regions = dataSet.items(ANATOMIC_REGIONS).map((item) => item.text(CODE_MEANING) ?? '');
  const words = [part, ...regions, ...DESCRIPTIONS.map((tag) => dataSet.text(tag) ?? '')].join(' ');
  if (headWords.test(words) || /whole.?body/i.test(words)) return 'head';
  return elsewhere.test(words) ? 'none' : 'possible';
}
