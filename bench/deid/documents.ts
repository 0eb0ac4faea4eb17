/** Files without pixels: structured reports, key objects, presentations, plans, structures and documents. */
import { marked } from './marked.ts';
import type { Recipe } from './recipe.ts';
import { phraseOf, type Scene } from './scene.ts';
import type { Kind } from './scanners.ts';

function addContentTimes(recipe: Recipe, { study }: Scene): void {
  recipe.date('ContentDate', study.date);
  recipe.date('ContentTime', study.time);
}

function addReport(recipe: Recipe, scene: Scene): void {
  const { patient, study, before, random } = scene;
  addContentTimes(recipe, scene);
  recipe.keep('ValueType', 'CONTAINER');
  recipe.code('ConceptNameCodeSequence', '126000', 'DCM', 'Imaging Measurement Report');
  recipe.keep('ContinuityOfContent', 'SEPARATE');
  recipe.keep('CompletionFlag', 'COMPLETE');
  recipe.keep('VerificationFlag', 'VERIFIED');
  recipe.items('VerifyingObserverSequence', (item) => {
    item.remove('VerifyingObserverName', `${patient.doctor.family}^${patient.doctor.given}`, [
      patient.doctor.family,
    ]);
    item.remove('VerifyingOrganization', patient.hospital);
    item.date('VerificationDateTime', `${study.date}${study.time}`);
  });
  const [image] = before;
  if (image !== undefined)
    recipe.items('CurrentRequestedProcedureEvidenceSequence', (item) => {
      item.uid('StudyInstanceUID', study.uid);
      item.items('ReferencedSeriesSequence', (series) => {
        series.items('ReferencedSOPSequence', (sop) => {
          sop.uid('ReferencedSOPInstanceUID', image);
        });
      });
    });
  const texts = [1, 2, 3].map(() => (item: Recipe) => {
    item.keep('RelationshipType', 'CONTAINS');
    item.keep('ValueType', 'TEXT');
    item.code('ConceptNameCodeSequence', '121071', 'DCM', 'Finding');
    item.text('TextValue', phraseOf(scene, scene.phrases.reports, 100_000));
  });
  recipe.items(
    'ContentSequence',
    ...texts,
    (item) => {
      item.keep('RelationshipType', 'HAS OBS CONTEXT');
      item.keep('ValueType', 'PNAME');
      item.code('ConceptNameCodeSequence', '121008', 'DCM', 'Person Observer Name');
      item.remove('PersonName', `${patient.doctor.family}^${patient.doctor.given}`, [patient.doctor.family]);
    },
    (item) => {
      item.keep('ValueType', 'NUM');
      item.code('ConceptNameCodeSequence', '410668003', 'SCT', 'Length');
      item.items('MeasuredValueSequence', (value) => {
        value.keep('NumericValue', String(random.below(900) / 10));
        value.code('MeasurementUnitsCodeSequence', 'mm', 'UCUM', 'millimeter');
      });
    },
    (item) => {
      item.keep('ValueType', 'DATETIME');
      item.code('ConceptNameCodeSequence', '111526', 'DCM', 'DateTime Started');
      item.date('DateTime', `${study.date}${study.time}`);
    },
    (item) => {
      item.keep('ValueType', 'UIDREF');
      item.code('ConceptNameCodeSequence', '112040', 'DCM', 'Tracking Unique Identifier');
      item.uid('UID', `${study.uid}.99`);
    },
  );
}

export const documents: readonly Kind[] = [
  { modality: 'SR', sopClass: '1.2.840.10008.5.1.4.1.1.88.33', add: addReport },
  { modality: 'SR', sopClass: '1.2.840.10008.5.1.4.1.1.88.11', add: addReport },
  {
    modality: 'KO',
    sopClass: '1.2.840.10008.5.1.4.1.1.88.59',
    add: (recipe, scene) => {
      const { before } = scene;
      addContentTimes(recipe, scene);
      recipe.keep('ValueType', 'CONTAINER');
      recipe.code('ConceptNameCodeSequence', '113000', 'DCM', 'Of Interest');
      recipe.items(
        'ContentSequence',
        (item) => {
          item.keep('ValueType', 'TEXT');
          item.code('ConceptNameCodeSequence', '113012', 'DCM', 'Key Object Description');
          item.text('TextValue', phraseOf(scene, scene.phrases.reports, 100_000));
        },
        ...before.slice(0, 2).map((uid) => (item: Recipe) => {
          item.keep('ValueType', 'IMAGE');
          item.items('ReferencedSOPSequence', (sop) => {
            sop.uid('ReferencedSOPInstanceUID', uid);
          });
        }),
      );
    },
  },
  {
    modality: 'PR',
    sopClass: '1.2.840.10008.5.1.4.1.1.11.1',
    add: (recipe, scene) => {
      const { patient, study, before, series } = scene;
      recipe.keep('ContentLabel', 'MARKED');
      recipe.text(
        'ContentDescription',
        phraseOf(scene, ['[Window and annotations]', '[Lesion marked] by {doctor}'], 64),
      );
      recipe.date('PresentationCreationDate', study.date);
      recipe.remove('ContentCreatorName', `${patient.doctor.family}^${patient.doctor.given}`, [
        patient.doctor.family,
      ]);
      recipe.items('ReferencedSeriesSequence', (item) => {
        item.uid('SeriesInstanceUID', series.uid);
        item.items('ReferencedImageSequence', (image) => {
          image.uid('ReferencedSOPInstanceUID', before[0] ?? scene.uid);
        });
      });
      recipe.items('GraphicAnnotationSequence', (item) => {
        item.keep('GraphicLayer', 'LAYER1');
        item.items('TextObjectSequence', (object) => {
          object.remove('UnformattedTextValue', `${patient.family} lesion`, [patient.family]);
        });
      });
    },
  },
  {
    modality: 'RTSTRUCT',
    sopClass: '1.2.840.10008.5.1.4.1.1.481.3',
    add: (recipe, scene) => {
      const { study, series, before } = scene;
      recipe.filled('StructureSetLabel', 'PROSTATE');
      recipe.date('StructureSetDate', study.date);
      recipe.date('StructureSetTime', study.time);
      recipe.items('ReferencedFrameOfReferenceSequence', (item) => {
        item.uid('FrameOfReferenceUID', series.frameOfReference);
      });
      recipe.items(
        'StructureSetROISequence',
        ...['[Prostate]', '[Bladder]', '[Left femoral head]', '[GTV] {name}'].map(
          (phrase, i) => (item: Recipe) => {
            item.keep('ROINumber', String(i + 1));
            item.text('ROIName', marked(phrase, scene.patient, study.accession, scene.random, 64));
            item.uid('ReferencedFrameOfReferenceUID', series.frameOfReference);
          },
        ),
      );
      if (before[0] !== undefined)
        recipe.items('ROIContourSequence', (item) => {
          item.keep('ReferencedROINumber', '1');
          item.items('ContourSequence', (contour) => {
            contour.keep('ContourGeometricType', 'CLOSED_PLANAR');
            contour.keep('NumberOfContourPoints', '3');
            contour.keep('ContourData', '1.5\\2\\3\\4\\5\\3\\7\\8.25\\3');
            contour.items('ContourImageSequence', (image) => {
              image.uid('ReferencedSOPInstanceUID', before[0] ?? '');
            });
          });
        });
    },
  },
  {
    modality: 'RTPLAN',
    sopClass: '1.2.840.10008.5.1.4.1.1.481.5',
    add: (recipe, scene) => {
      const { patient, study, random } = scene;
      recipe.filled('RTPlanLabel', 'Plan1');
      recipe.text('RTPlanName', phraseOf(scene, ['[Prostate boost] {name}', '[Left breast tangents]'], 64));
      recipe.text(
        'RTPlanDescription',
        phraseOf(scene, ['[Approved for treatment] by {doctor}', '[Seven fields 35 fractions]'], 1024),
      );
      recipe.date('RTPlanDate', study.date);
      recipe.keep('RTPlanGeometry', 'PATIENT');
      recipe.items('BeamSequence', (item) => {
        item.keep('BeamNumber', '1');
        item.keep('BeamType', 'STATIC');
        item.keep('RadiationType', 'PHOTON');
        item.remove('TreatmentMachineName', `LINAC${random.digits(3)}`);
        item.remove('InstitutionName', patient.hospital);
        item.keep('SourceAxisDistance', '1000');
      });
      recipe.items('ApprovalSequence', (item) => {
        item.put('ApprovalStatus', 'APPROVED');
      });
      recipe.remove('ReviewerName', `${patient.doctor.family}^${patient.doctor.given}`, [
        patient.doctor.family,
      ]);
      recipe.date('ReviewDate', study.date);
    },
  },
  {
    modality: 'DOC',
    sopClass: '1.2.840.10008.5.1.4.1.1.104.1',
    add: (recipe, scene) => {
      const { patient } = scene;
      addContentTimes(recipe, scene);
      recipe.keep('BurnedInAnnotation', 'NO');
      recipe.remove('DocumentTitle', `Report of ${patient.family}`, [patient.family]);
      recipe.keep('MIMETypeOfEncapsulatedDocument', 'application/pdf');
      const says = `${patient.family} ${patient.mrn}`;
      recipe.put('EncapsulatedDocument', Buffer.from(`%PDF-1.4 (${says}) Tj %%EOF`.padEnd(80)));
      recipe.checks.push(
        { kind: 'tag_retained', place: recipe.place(0x00420011) },
        { kind: 'text_removed', place: recipe.place(0x00420011), pieces: [patient.mrn] },
      );
    },
  },
];
