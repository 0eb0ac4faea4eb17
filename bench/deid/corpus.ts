/** The corpus: patients with studies, series and instances of all kinds, each file with what is asked of it. */
import type { Edit } from '../../src/engine/dicom/write/edits.ts';
import { createRandom, type Random } from '../personal/random.ts';
import { addEquipment, addPatient, addSeries, addStudy } from './modules.ts';
import type { Check, Specimen } from './checks.ts';
import { documents } from './documents.ts';
import { dateBetween, patientOf } from './people.ts';
import type { Phrases } from './phrases.ts';
import { Recipe } from './recipe.ts';
import { scanners, type Kind } from './scanners.ts';
import type { Scene, Series, Study } from './scene.ts';
import { screens } from './screens.ts';
import { fileOf, syntaxes } from './written-file.ts';

const kinds: readonly Kind[] = [...scanners, ...screens, ...documents];
const patients = 30;
const studiesOfPatient = 2;
const seriesOfStudy = 3;
const instancesOfSeries = 4;
const root = '1.3.6.1.4.1.55555.3';

/** Every kind comes up for every fourth or so of the patients; the same for the same seed. */
export function* corpus(seed: number, phrases: Phrases): Generator<Specimen> {
  const random = createRandom(seed);
  let turn = 0;
  for (let at = 0; at < patients; at++) {
    const patient = patientOf(at, seed, random);
    for (let ofPatient = 0; ofPatient < studiesOfPatient; ofPatient++) {
      const study = studyOf(`${root}.${String(seed)}.${String(at)}.${String(ofPatient)}`, phrases, random);
      const before: string[] = [];
      for (let ofStudy = 0; ofStudy < seriesOfStudy; ofStudy++) {
        const kind = kinds[turn++ % kinds.length];
        if (!kind) throw new RangeError('No kind.');
        const series = seriesOf(study, ofStudy, kind, phrases, random);
        for (let number = 1; number <= instancesOfSeries; number++) {
          const uid = `${series.uid}.${String(number)}`;
          yield specimenOf(kind, {
            phrases,
            patient,
            study,
            series,
            number,
            uid,
            before: [...before],
            random,
          });
          before.push(uid);
        }
      }
    }
  }
}

function studyOf(uid: string, phrases: Phrases, random: Random): Study {
  return {
    uid,
    accession: random.pick([
      `ACC${random.digits(8)}`,
      random.digits(9),
      `${random.digits(2)}-RAD-${random.digits(6)}`,
    ]),
    id: `ST${random.digits(5)}`,
    date: dateBetween(random, 2005, 2023),
    time: `${String(8 + random.below(10)).padStart(2, '0')}${String(10 + random.below(50))}${String(10 + random.below(50))}`,
    description: random.pick(phrases.studies),
  };
}

function seriesOf(study: Study, at: number, { modality }: Kind, phrases: Phrases, random: Random): Series {
  const uid = `${study.uid}.${String(at + 1)}`;
  const texts = phrases.series[modality] ?? phrases.series.default ?? [];
  return { uid, frameOfReference: `${uid}.0`, number: at + 1, description: random.pick(texts) };
}

function specimenOf(kind: Kind, scene: Scene): Specimen {
  const { patient, uid, random } = scene;
  const syntax = syntaxOf(kind, random);
  const recipe = new Recipe();
  recipe.keep('SOPClassUID', kind.sopClass);
  addPatient(recipe, scene);
  addStudy(recipe, scene);
  addSeries(recipe, scene, kind.modality);
  addEquipment(recipe, scene, kind.modality);
  kind.add(recipe, scene, syntax);
  recipe.put('SpecificCharacterSet', isLatin1(recipe.edits) ? 'ISO_IR 100' : 'ISO_IR 192');
  return {
    uid,
    patient: patient.mrn,
    modality: kind.modality,
    transferSyntax: syntax,
    bytes: fileOf(recipe.edits, syntax, patient.hospital),
    checks: recipe.checks.filter(asks),
  };
}

function syntaxOf({ add }: Kind, random: Random): string {
  const plain = [
    syntaxes.implicit,
    syntaxes.explicit,
    syntaxes.explicit,
    syntaxes.deflated,
    syntaxes.bigEndian,
  ];
  return random.pick(
    documents.some((kind) => kind.add === add) ? plain : [...plain, syntaxes.rle, syntaxes.rle],
  );
}

/** Whether the character set that most files of the West have can write all of it. */
function isLatin1(edits: readonly Edit[]): boolean {
  return edits.every((edit) => {
    if (edit.kind === 'setItems') return edit.items.every(isLatin1);
    return (
      edit.kind !== 'set' ||
      typeof edit.value !== 'string' ||
      /^[\t\n\r\u0020-\u007e\u00a0-\u00ff]*$/.test(edit.value)
    );
  });
}

/** A name may be one letter long: then there is nothing to look for. */
function asks(check: Check): boolean {
  return check.kind !== 'text_removed' || check.pieces.length > 0;
}
