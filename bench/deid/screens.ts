/** Pictures of screens, with text burned in: ultrasound, secondary captures, and what is scanned from paper. */
import { addImage } from './images.ts';
import type { Check } from './checks.ts';
import { asBurnedIn, burnIn, fan, fanBox, tissue, type Picture } from './pictures.ts';
import type { Recipe } from './recipe.ts';
import { phraseOf, type Scene } from './scene.ts';
import type { Kind } from './scanners.ts';

const [rows, columns] = [240, 360];

/** Lines as a device writes them: who, when, where, by whom. */
function linesOf({ patient, study }: Scene): string[] {
  const { family, given, birth, mrn, hospital, operator } = patient;
  return [
    asBurnedIn(`${family}, ${given}`) || asBurnedIn(mrn),
    `${asBurnedIn(mrn)} DOB ${birth.slice(6)}.${birth.slice(4, 6)}.${birth.slice(0, 4)}`,
    asBurnedIn(hospital).slice(0, 26),
    `${study.date.slice(4, 6)}/${study.date.slice(6)}/${study.date.slice(0, 4)} ${study.time.slice(0, 2)}:${study.time.slice(2, 4)} ${asBurnedIn(operator.family)}`,
  ];
}

/** Writes the lines one below the other. @returns places of the pixels of each line. */
function writeLines(
  picture: Picture,
  lines: readonly string[],
  x: number,
  y: number,
  scale: number,
  ink: number,
): number[][] {
  return lines.map((line, i) =>
    burnIn(picture, line.slice(0, Math.floor((columns - x) / (6 * scale))), {
      x,
      y: y + i * 11 * scale,
      scale,
      ink,
    }),
  );
}

function hidden(lines: readonly number[][]): Check[] {
  return lines.filter((ink) => ink.length > 0).map((ink) => ({ kind: 'pixels_hidden', ink }));
}

export const screens: readonly Kind[] = [
  {
    modality: 'US',
    sopClass: '1.2.840.10008.5.1.4.1.1.6.1',
    add: (recipe, scene, syntax) => {
      addUltrasound(recipe, scene, syntax, 1);
    },
  },
  {
    modality: 'US',
    sopClass: '1.2.840.10008.5.1.4.1.1.3.1',
    add: (recipe, scene, syntax) => {
      addUltrasound(recipe, scene, syntax, 3);
    },
  },
  {
    modality: 'OT',
    sopClass: '1.2.840.10008.5.1.4.1.1.7',
    add: (recipe, scene, syntax) => {
      const { random } = scene;
      recipe.keep('ConversionType', 'WSD');
      recipe.text('ImageComments', phraseOf(scene, scene.phrases.comments, 10240));
      const picture = tissue(rows, columns, 200, random);
      const lines = writeLines(picture, linesOf(scene), 8, 8, 1, 255);
      addImage(recipe, [picture], { bits: 8, stored: 8, isRgb: true, syntax }, [
        ...hidden(lines),
        { kind: 'pixels_retained', box: { x: 150, y: 100, width: 60, height: 60 } },
      ]);
    },
  },
  {
    modality: 'SC',
    sopClass: '1.2.840.10008.5.1.4.1.1.7',
    add: (recipe, scene, syntax) => {
      recipe.keep('ConversionType', 'SD');
      recipe.remove('SecondaryCaptureDeviceID', `WS${scene.random.digits(5)}`);
      recipe.date('DateOfSecondaryCapture', scene.study.date);
      // A sheet of paper: black on white.
      const picture: Picture = { rows, columns, values: new Uint16Array(rows * columns).fill(255) };
      const lines = writeLines(picture, linesOf(scene), 24, 30, 2, 0);
      addImage(recipe, [picture], { bits: 8, stored: 8, syntax }, hidden(lines));
    },
  },
  {
    modality: 'CT',
    // A page of doses, as scanners add to their series.
    sopClass: '1.2.840.10008.5.1.4.1.1.7',
    add: (recipe, scene, syntax) => {
      recipe.keep('ImageType', 'DERIVED\\SECONDARY\\SCREEN SAVE');
      recipe.keep('ConversionType', 'WSD');
      const picture: Picture = { rows, columns, values: new Uint16Array(rows * columns) };
      const lines = writeLines(picture, linesOf(scene), 12, 12, 2, 4095);
      addImage(recipe, [picture], { bits: 16, stored: 12, syntax }, hidden(lines));
    },
  },
];

function addUltrasound(recipe: Recipe, scene: Scene, syntax: string, frames: number): void {
  const { study, random } = scene;
  recipe.keep('ImageType', 'ORIGINAL\\PRIMARY');
  recipe.put('BurnedInAnnotation', 'YES');
  recipe.date('AcquisitionDateTime', `${study.date}${study.time}`);
  recipe.date('ContentDate', study.date);
  recipe.keep('TransducerData', 'C5-1');
  recipe.text('ImageComments', phraseOf(scene, scene.phrases.comments, 10240));
  const lines: number[][] = [];
  const pictures = Array.from({ length: frames }, (_, frame) => {
    const picture = fan(rows, columns, 230, random);
    const ink = writeLines(picture, linesOf(scene), 6, 4, 1, 255);
    if (frame === 0) lines.push(...ink);
    return picture;
  });
  addImage(recipe, pictures, { bits: 8, stored: 8, syntax }, [
    ...hidden(lines),
    { kind: 'pixels_retained', box: fanBox(rows, columns) },
  ]);
}
