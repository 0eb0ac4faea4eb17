/** Modules that files of all kinds have: patient, study, series, equipment, and what is scheduled and performed. */
import { makersOf } from './makers.ts';
import { marked } from './marked.ts';
import type { Recipe } from './recipe.ts';
import { phraseOf, type Scene } from './scene.ts';

export function addPatient(recipe: Recipe, scene: Scene): void {
  const { patient, random } = scene;
  const words = `${patient.family} ${patient.given}`.match(/[\p{L}\p{M}]{2,}/gu) ?? [];
  recipe.remove('PatientName', patient.name, words);
  recipe.checks.push({ kind: 'text_notnull', place: recipe.place(0x00100010) });
  const id = recipe.put('PatientID', patient.mrn);
  recipe.checks.push(
    { kind: 'text_notnull', place: id },
    { kind: 'text_removed', place: id, pieces: [patient.mrn] },
    { kind: 'patid_consistent', place: id, old: patient.mrn },
  );
  recipe.remove('PatientBirthDate', patient.birth);
  recipe.keep('PatientSex', patient.sex);
  recipe.keep('PatientAge', `${String(20 + random.below(60)).padStart(3, '0')}Y`);
  if (random.next() < 0.6) {
    recipe.keep('PatientSize', (1.5 + random.below(50) / 100).toFixed(2));
    recipe.keep('PatientWeight', String(45 + random.below(70)));
  }
  if (random.next() < 0.5) {
    recipe.remove('PatientAddress', `${patient.street}, ${patient.postcode} ${patient.city}`, [
      patient.postcode,
    ]);
    recipe.remove('PatientTelephoneNumbers', patient.phone.slice(0, 16));
    recipe.remove('PatientMotherBirthName', patient.mother);
    recipe.remove('OtherPatientNames', `${patient.mother}^${patient.given}`, [patient.mother]);
    recipe.items('OtherPatientIDsSequence', (item) => {
      item.remove('PatientID', `OLD${patient.mrn}`);
      item.remove('IssuerOfPatientID', 'LAKESIDE-EHR');
      item.put('TypeOfPatientID', 'TEXT');
    });
  }
  if (random.next() < 0.5) recipe.text('MedicalAlerts', phraseOf(scene, scene.phrases.alerts, 64));
  if (random.next() < 0.3) recipe.text('Allergies', phraseOf(scene, scene.phrases.alerts, 64));
  if (random.next() < 0.6)
    recipe.text('AdditionalPatientHistory', phraseOf(scene, scene.phrases.histories, 10240));
  if (random.next() < 0.4)
    recipe.text(
      'PatientComments',
      phraseOf(scene, [...scene.phrases.comments, ...scene.phrases.histories], 10240),
    );
  if (random.next() < 0.3) recipe.keep('EthnicGroup', random.pick(['White', 'Asian', 'Hispanic', 'Black']));
  if (random.next() < 0.3) recipe.text('Occupation', phraseOf(scene, ['{stranger}', '[nurse]', '{id}'], 16));
}

export function addStudy(recipe: Recipe, { patient, study, ...rest }: Scene): void {
  const scene = { patient, study, ...rest };
  const { random } = scene;
  recipe.uid('StudyInstanceUID', study.uid);
  recipe.date('StudyDate', study.date);
  recipe.date('StudyTime', study.time);
  recipe.remove('AccessionNumber', study.accession);
  recipe.remove('StudyID', study.id);
  recipe.remove('ReferringPhysicianName', `${patient.doctor.family}^${patient.doctor.given}`, [
    patient.doctor.family,
  ]);
  recipe.text('StudyDescription', marked(study.description, patient, study.accession, random, 64));
  if (random.next() < 0.4)
    recipe.text('AdmittingDiagnosesDescription', phraseOf(scene, scene.phrases.diagnoses, 64));
  if (random.next() < 0.4) {
    recipe.text('RequestedProcedureDescription', phraseOf(scene, scene.phrases.studies, 64));
    recipe.text('ReasonForTheRequestedProcedure', phraseOf(scene, scene.phrases.diagnoses, 64));
    recipe.text('RequestedProcedureComments', phraseOf(scene, scene.phrases.comments, 10240));
    recipe.remove('RequestingPhysician', `${patient.doctor.family}^${patient.doctor.given}`, [
      patient.doctor.family,
    ]);
  }
  if (random.next() < 0.3)
    recipe.items('ReferencedStudySequence', (item) => {
      // May go altogether, as the profile has it.
      item.put('ReferencedSOPClassUID', '1.2.840.10008.3.1.2.3.1');
      item.remove('ReferencedSOPInstanceUID', study.uid);
    });
}

/** @param description Of the series, its marks read. */
export function addSeries(recipe: Recipe, scene: Scene, modality: string): void {
  const { patient, study, series, number, uid, random } = scene;
  recipe.uid('SeriesInstanceUID', series.uid);
  recipe.uid('SOPInstanceUID', uid);
  recipe.keep('Modality', modality);
  recipe.keep('SeriesNumber', String(series.number));
  recipe.keep('InstanceNumber', String(number));
  recipe.date('SeriesDate', study.date);
  recipe.date('InstanceCreationDate', study.date);
  recipe.text('SeriesDescription', marked(series.description, patient, study.accession, random, 64));
  recipe.text('ProtocolName', marked(series.description, patient, study.accession, random, 64));
  recipe.remove('OperatorsName', `${patient.operator.family}^${patient.operator.given}`, [
    patient.operator.family,
  ]);
  if (random.next() < 0.4)
    recipe.remove('PerformingPhysicianName', `${patient.doctor.family}^${patient.doctor.given}`, [
      patient.doctor.family,
    ]);
  recipe.date('PerformedProcedureStepStartDate', study.date);
  recipe.date('PerformedProcedureStepStartTime', study.time);
  if (random.next() < 0.5)
    recipe.text('PerformedProcedureStepDescription', phraseOf(scene, scene.phrases.studies, 64));
  if (random.next() < 0.5)
    recipe.items('RequestAttributesSequence', (item) => {
      item.text('ScheduledProcedureStepDescription', phraseOf(scene, scene.phrases.studies, 64));
      item.remove('RequestedProcedureID', `RP${study.accession}`.slice(0, 16), [
        study.accession.slice(0, 14),
      ]);
      item.remove('ScheduledProcedureStepID', study.id);
      item.text('RequestedProcedureDescription', phraseOf(scene, scene.phrases.studies, 64));
    });
}

export function addEquipment(
  recipe: Recipe,
  { patient, study, random, ...rest }: Scene,
  modality: string,
): void {
  const scene = { patient, study, random, ...rest };
  const maker = makersOf(modality);
  recipe.keep('Manufacturer', maker.name);
  recipe.keep('ManufacturerModelName', maker.model);
  recipe.keep('SoftwareVersions', maker.version);
  recipe.remove('InstitutionName', patient.hospital, patient.hospital.match(/[\p{L}]{7,}/gu) ?? []);
  recipe.remove('StationName', `${modality}-${String(patient.mrn.length)}-RM${random.digits(3)}`);
  recipe.remove('DeviceSerialNumber', random.digits(7));
  if (random.next() < 0.4) {
    recipe.remove('InstitutionAddress', `${patient.street} ${patient.city}`);
    recipe.remove(
      'InstitutionalDepartmentName',
      `Radiology ${patient.hospital}`.slice(0, 64),
      patient.hospital.match(/[\p{L}]{7,}/gu) ?? [],
    );
  }
  if (random.next() < 0.3) recipe.text('DeviceDescription', phraseOf(scene, scene.phrases.devices, 64));
  if (random.next() < 0.5)
    recipe.date('DateOfLastCalibration', `${String(Number(study.date.slice(0, 4)) - 1)}0615`);
  addPrivates(recipe, scene, maker.name);
}

function addPrivates(recipe: Recipe, { patient, study, uid }: Scene, maker: string): void {
  if (maker === 'GE MEDICAL SYSTEMS') {
    recipe.privates(0x0043, 'GEMS_PARM_01', [
      { element: 0x27, vr: 'SH', value: '1.375:1', isSafe: true },
      { element: 0x39, vr: 'IS', value: '1000\\8\\0\\0', isSafe: true },
      { element: 0x60, vr: 'LO', value: patient.name, says: patient.family },
    ]);
    recipe.privates(0x0019, 'GEMS_ACQU_01', [
      { element: 0x23, vr: 'DS', value: '55.00', isSafe: true },
      { element: 0x24, vr: 'DS', value: '10.62', isSafe: true },
    ]);
  } else if (maker === 'SIEMENS') {
    recipe.privates(0x0019, 'SIEMENS MR HEADER', [
      { element: 0x0c, vr: 'IS', value: '800', isSafe: true },
      { element: 0x08, vr: 'CS', value: 'IMAGE NUM 4' },
    ]);
    recipe.privates(0x0029, 'SIEMENS CSA HEADER', [
      { element: 0x08, vr: 'CS', value: 'IMAGE NUM 4' },
      {
        element: 0x10,
        vr: 'OB',
        value: Buffer.from(`SV10 tPatientName = "${patient.family}" ${patient.mrn}  `),
        says: patient.mrn,
      },
    ]);
  } else if (maker === 'Philips') {
    recipe.privates(0x2001, 'Philips Imaging DD 001', [
      { element: 0x03, vr: 'FL', value: [1000], isSafe: true },
      { element: 0x04, vr: 'CS', value: 'I', isSafe: true },
      { element: 0x22, vr: 'LO', value: `${patient.given} ${patient.family}`, says: patient.family },
    ]);
    recipe.privates(0x7053, 'Philips PET Private Group', [
      { element: 0x00, vr: 'DS', value: '0.00041', isSafe: true },
      { element: 0x09, vr: 'DS', value: '1.25', isSafe: true },
    ]);
  } else {
    recipe.privates(0x0011, 'ACME ARCHIVE 1.0', [
      { element: 0x01, vr: 'PN', value: patient.name, says: patient.family },
      { element: 0x02, vr: 'LO', value: study.accession, says: study.accession },
      { element: 0x03, vr: 'UI', value: uid, says: uid },
      { element: 0x04, vr: 'DA', value: patient.birth, says: patient.birth },
    ]);
  }
}
