/** Files of scanners and X-ray devices: CT, MR, enhanced MR, PET, NM, CR, DX, MG, XA, RF and dose. */
import { dateBetween } from './people.ts';
import { addImage } from './images.ts';
import { marked } from './marked.ts';
import { tissue } from './pictures.ts';
import type { Recipe } from './recipe.ts';
import { phraseOf, type Scene } from './scene.ts';

export interface Kind {
  readonly modality: string;
  readonly sopClass: string;
  /** Other than implicit and explicit little-endian are for some kinds alone. */
  readonly add: (recipe: Recipe, scene: Scene, syntax: string) => void;
}

const grey16 = { bits: 16, stored: 12 } as const;

function pixels(recipe: Recipe, { random }: Scene, size: number, syntax: string, frames = 1): void {
  const pictures = Array.from({ length: frames }, () => tissue(size, size, 4095, random));
  addImage(recipe, pictures, { ...grey16, syntax }, [{ kind: 'pixels_retained' }]);
}

function addPlane(recipe: Recipe, { series, number }: Scene): void {
  recipe.uid('FrameOfReferenceUID', series.frameOfReference);
  recipe.put('PositionReferenceIndicator', '');
  recipe.keep('ImagePositionPatient', `-120\\-120\\${String(5 * number)}`);
  recipe.keep('ImageOrientationPatient', '1\\0\\0\\0\\1\\0');
  recipe.keep('PixelSpacing', '0.78125\\0.78125');
  recipe.keep('SliceThickness', '5');
  recipe.keep('SliceLocation', String(5 * number));
}

function addTimes(recipe: Recipe, { study }: Scene): void {
  recipe.date('AcquisitionDate', study.date);
  recipe.date('AcquisitionTime', study.time);
  recipe.date('ContentDate', study.date);
  recipe.date('ContentTime', `${study.time}.250`);
  recipe.date('AcquisitionDateTime', `${study.date}${study.time}.120000`);
}

function addReferences(recipe: Recipe, { before }: Scene, sopClass: string): void {
  const [first] = before;
  if (first === undefined) return;
  recipe.items('ReferencedImageSequence', (item) => {
    item.keep('ReferencedSOPClassUID', sopClass);
    item.uid('ReferencedSOPInstanceUID', first);
    item.code('PurposeOfReferenceCodeSequence', '121311', 'DCM', 'Localizer');
  });
}

const CT = '1.2.840.10008.5.1.4.1.1.2';
const MR = '1.2.840.10008.5.1.4.1.1.4';

export const scanners: readonly Kind[] = [
  {
    modality: 'CT',
    sopClass: CT,
    add: (recipe, scene, syntax) => {
      const { study, random } = scene;
      addTimes(recipe, scene);
      addPlane(recipe, scene);
      addReferences(recipe, scene, CT);
      recipe.keep('ImageType', 'ORIGINAL\\PRIMARY\\AXIAL');
      recipe.keep('KVP', '120');
      recipe.keep('XRayTubeCurrent', '245');
      recipe.keep('ConvolutionKernel', 'STANDARD');
      recipe.keep('BodyPartExamined', 'CHEST');
      recipe.keep('PatientPosition', 'HFS');
      recipe.keep('RescaleIntercept', '-1024');
      recipe.keep('RescaleSlope', '1');
      recipe.uid('IrradiationEventUID', `${study.uid}.77.${String(scene.number)}`);
      recipe.text(
        'ContrastBolusAgent',
        marked(
          random.pick(['[Iohexol 350]', '[Omnipaque]', '[Visipaque 320 IV]']),
          scene.patient,
          study.accession,
          random,
          64,
        ),
      );
      if (random.next() < 0.4) recipe.text('ImageComments', phraseOf(scene, scene.phrases.comments, 10240));
      pixels(recipe, scene, 64, syntax);
    },
  },
  {
    modality: 'MR',
    sopClass: MR,
    add: (recipe, scene, syntax) => {
      addTimes(recipe, scene);
      addPlane(recipe, scene);
      addReferences(recipe, scene, MR);
      recipe.keep('ImageType', 'ORIGINAL\\PRIMARY\\M\\ND');
      recipe.keep('ScanningSequence', 'SE');
      recipe.keep('SequenceVariant', 'SK\\SP\\OSP');
      recipe.keep('MRAcquisitionType', '2D');
      recipe.keep('RepetitionTime', '4500');
      recipe.keep('EchoTime', '98');
      recipe.keep('MagneticFieldStrength', '3');
      recipe.keep('SequenceName', '*tse2d1_15');
      recipe.keep('FlipAngle', '150');
      recipe.text('AcquisitionComments', phraseOf(scene, scene.phrases.comments, 10240));
      pixels(recipe, scene, 64, syntax);
    },
  },
  {
    modality: 'MR',
    sopClass: '1.2.840.10008.5.1.4.1.1.4.1',
    add: (recipe, scene, syntax) => {
      const { study, series, before } = scene;
      addTimes(recipe, scene);
      recipe.uid('FrameOfReferenceUID', series.frameOfReference);
      recipe.keep('ImageType', 'ORIGINAL\\PRIMARY\\T2\\NONE');
      recipe.uid('ConcatenationUID', `${series.uid}.5`);
      recipe.items('DimensionOrganizationSequence', (item) => {
        item.uid('DimensionOrganizationUID', `${series.uid}.6`);
      });
      recipe.items('SharedFunctionalGroupsSequence', (item) => {
        item.items('MRTimingAndRelatedParametersSequence', (timing) => {
          timing.keep('RepetitionTime', '3200');
          timing.keep('FlipAngle', '90');
        });
        if (before[0] !== undefined)
          item.items('ReferencedImageSequence', (reference) => {
            reference.uid('ReferencedSOPInstanceUID', before[0] ?? '');
          });
      });
      recipe.items(
        'PerFrameFunctionalGroupsSequence',
        ...[0, 1, 2].map((frame) => (item: Recipe) => {
          item.items('FrameContentSequence', (content) => {
            content.date('FrameAcquisitionDateTime', `${study.date}${study.time}`);
            content.text('FrameComments', phraseOf(scene, scene.phrases.comments, 10240));
            content.keep('InStackPositionNumber', [frame + 1]);
          });
          item.items('PlanePositionSequence', (plane) => {
            plane.keep('ImagePositionPatient', `0\\0\\${String(frame)}`);
          });
        }),
      );
      pixels(recipe, scene, 48, syntax, 3);
    },
  },
  {
    modality: 'PT',
    sopClass: '1.2.840.10008.5.1.4.1.1.128',
    add: (recipe, scene, syntax) => {
      const { study } = scene;
      addTimes(recipe, scene);
      addPlane(recipe, scene);
      recipe.keep('ImageType', 'ORIGINAL\\PRIMARY');
      recipe.keep('Units', 'BQML');
      recipe.keep('DecayCorrection', 'START');
      recipe.keep('CorrectedImage', 'DECY\\ATTN\\SCAT\\RAN\\NORM');
      recipe.items('RadiopharmaceuticalInformationSequence', (item) => {
        item.text('Radiopharmaceutical', marked('[FDG]', scene.patient, study.accession, scene.random, 64));
        item.date('RadiopharmaceuticalStartDateTime', `${study.date}${study.time}.00`);
        item.date('RadiopharmaceuticalStartTime', study.time);
        item.keep('RadionuclideTotalDose', '370000000');
        item.keep('RadionuclideHalfLife', '6586.2');
        item.code('RadionuclideCodeSequence', 'C-111A1', 'SRT', '^18^Fluorine');
      });
      pixels(recipe, scene, 48, syntax);
    },
  },
  {
    modality: 'NM',
    sopClass: '1.2.840.10008.5.1.4.1.1.20',
    add: (recipe, scene, syntax) => {
      addTimes(recipe, scene);
      recipe.keep('ImageType', 'ORIGINAL\\PRIMARY\\WHOLE BODY\\EMISSION');
      recipe.keep('CountsAccumulated', '1250000');
      recipe.items('EnergyWindowInformationSequence', (item) => {
        item.text(
          'EnergyWindowName',
          marked('[Tc-99m]', scene.patient, scene.study.accession, scene.random, 16),
        );
        item.items('EnergyWindowRangeSequence', (range) => {
          range.keep('EnergyWindowLowerLimit', '126.45');
        });
      });
      pixels(recipe, scene, 48, syntax, 4);
    },
  },
  ...(['CR', 'DX', 'MG'] as const).map((modality): Kind => ({
    modality,
    sopClass: {
      CR: '1.2.840.10008.5.1.4.1.1.1',
      DX: '1.2.840.10008.5.1.4.1.1.1.1',
      MG: '1.2.840.10008.5.1.4.1.1.1.2',
    }[modality],
    add: (recipe, scene, syntax) => {
      const { patient, random } = scene;
      addTimes(recipe, scene);
      recipe.keep('BodyPartExamined', modality === 'MG' ? 'BREAST' : 'CHEST');
      recipe.keep('ViewPosition', modality === 'MG' ? 'MLO' : 'PA');
      recipe.keep('KVP', '70');
      recipe.keep('ImagerPixelSpacing', '0.1\\0.1');
      recipe.remove('PlateID', `PL${random.digits(8)}`);
      recipe.remove('DetectorID', `DET${random.digits(6)}`);
      recipe.date('DateOfLastDetectorCalibration', dateBetween(random, 2010, 2015));
      if (modality !== 'CR')
        recipe.items('ViewCodeSequence', (item) => {
          item.keep('CodeValue', '399368009');
          item.keep('CodingSchemeDesignator', 'SCT');
          item.keep('CodeMeaning', 'medio-lateral oblique');
        });
      recipe.text(
        'AcquisitionDeviceProcessingDescription',
        marked(random.pick(['[CHEST PA]', '[ADULT ABDOMEN]', '[CHEST] {name}']), patient, '', random, 64),
      );
      pixels(recipe, scene, 192, syntax);
    },
  })),
  ...(['XA', 'RF'] as const).map((modality): Kind => ({
    modality,
    sopClass: modality === 'XA' ? '1.2.840.10008.5.1.4.1.1.12.1' : '1.2.840.10008.5.1.4.1.1.12.2',
    add: (recipe, scene, syntax) => {
      addTimes(recipe, scene);
      recipe.keep('PositionerPrimaryAngle', '30.5');
      recipe.keep('FrameTime', '66.7');
      recipe.keep('RadiationSetting', 'GR');
      recipe.text(
        'AcquisitionProtocolDescription',
        phraseOf(scene, ['[Left coronary 15 fps]', '[Cardiac low dose] {name}'], 10240),
      );
      pixels(recipe, scene, 160, syntax, 4);
    },
  })),
  {
    modality: 'RTDOSE',
    sopClass: '1.2.840.10008.5.1.4.1.1.481.2',
    add: (recipe, scene, syntax) => {
      const { study, random } = scene;
      addPlane(recipe, scene);
      recipe.keep('DoseUnits', 'GY');
      recipe.keep('DoseType', 'PHYSICAL');
      recipe.keep('DoseSummationType', 'PLAN');
      recipe.keep('DoseGridScaling', '0.0001');
      recipe.text(
        'DoseComment',
        phraseOf(
          scene,
          [
            '[Prostate boost 70 Gy] {name}',
            '[Total dose in 35 fractions]',
            '[Dose plan approved] by {doctor}',
          ],
          64,
        ),
      );
      recipe.items('ReferencedRTPlanSequence', (item) => {
        item.keep('ReferencedSOPClassUID', '1.2.840.10008.5.1.4.1.1.481.5');
        item.uid('ReferencedSOPInstanceUID', `${study.uid}.481.${random.digits(1)}`);
      });
      pixels(recipe, scene, 32, syntax, 5);
    },
  },
];
