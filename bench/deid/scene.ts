/** What the parts of a file know of its patient, study and series. */
import type { Random } from '../personal/random.ts';
import { marked, type Marked } from './marked.ts';
import type { Patient } from './people.ts';
import type { Phrases } from './phrases.ts';

export interface Study {
  readonly uid: string;
  readonly accession: string;
  readonly id: string;
  /** YYYYMMDD and HHMMSS. */
  readonly date: string;
  readonly time: string;
  readonly description: string;
}

export interface Series {
  readonly uid: string;
  readonly frameOfReference: string;
  readonly number: number;
  readonly description: string;
}

export interface Scene {
  readonly phrases: Phrases;
  readonly patient: Patient;
  readonly study: Study;
  readonly series: Series;
  /** Of the instance, from 1. */
  readonly number: number;
  readonly uid: string;
  /** Instances of the corpus that can be referred to: of the same series, made before. */
  readonly before: readonly string[];
  readonly random: Random;
}

/** One of several phrases, as it stands in an attribute that takes so many characters. */
export function phraseOf(
  { patient, study, random }: Pick<Scene, 'patient' | 'study' | 'random'>,
  phrases: readonly string[],
  most: number,
): Marked {
  return marked(random.pick(phrases), patient, study.accession, random, most);
}
