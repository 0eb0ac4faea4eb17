/** Makers of devices, by modality. */
export interface Maker {
  readonly name: string;
  readonly model: string;
  readonly version: string;
}

const makers: Readonly<Record<string, Maker>> = {
  CT: { name: 'GE MEDICAL SYSTEMS', model: 'Revolution CT', version: '18HW28.7' },
  MR: { name: 'SIEMENS', model: 'Skyra', version: 'syngo MR E11' },
  PT: { name: 'Philips', model: 'Vereos PET/CT', version: 'v2.0' },
  US: { name: 'Philips', model: 'EPIQ 7G', version: '3.1' },
  MG: { name: 'HOLOGIC, Inc.', model: 'Selenia Dimensions', version: '1.9.0.613' },
  CR: { name: 'FUJIFILM Corporation', model: 'CR-IR 346', version: 'A05' },
  DX: { name: 'Carestream Health', model: 'DRX-1', version: '5.7' },
  NM: { name: 'SIEMENS', model: 'Encore2', version: 'VB16A' },
  XA: { name: 'Philips', model: 'AlluraXper', version: '8.2' },
  RF: { name: 'GE MEDICAL SYSTEMS', model: 'Precision 500D', version: '6.1' },
};

export function makersOf(modality: string): Maker {
  return makers[modality] ?? { name: 'ACME', model: 'Workstation', version: '1.2' };
}
