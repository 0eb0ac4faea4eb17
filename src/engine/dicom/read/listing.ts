/** The elements of a data set for eyes: names, and values as text and numbers. */
import { attributeOf } from '../dictionary/attributes.ts';
import { formatTag, isPrivate, isPrivateCreator } from '../tag.ts';
import { isText } from '../vr.ts';
import { type DataSet, type DicomElement } from './data-set.ts';

/** Values of more numbers than this are told by their length. */
const mostNumbers = 16;

export interface ListedElement {
  readonly tag: string;
  readonly vr: string;
  readonly name: string;
  readonly creator?: string;
  readonly length: number;
  readonly values?: readonly (string | number)[];
  readonly fragments?: number;
  readonly items?: readonly (readonly ListedElement[])[];
}

/** In the order of the file, with what is in sequences. */
export function listed(dataSet: DataSet): ListedElement[] {
  return dataSet.elements.map((element) => {
    const { tag, vr, length, items, fragments } = element;
    const creator = dataSet.creatorOf(tag);
    const values = valuesOf(dataSet, element);
    return {
      tag: formatTag(tag),
      vr,
      name:
        attributeOf(tag)?.name ??
        (isPrivateCreator(tag) ? 'Private Creator' : isPrivate(tag) ? 'Private' : ''),
      ...(creator !== undefined && { creator }),
      length,
      ...(values && { values }),
      ...(fragments && { fragments: fragments.length }),
      ...(items && { items: items.map((item) => listed(item.dataSet)) }),
    };
  });
}

function valuesOf(dataSet: DataSet, element: DicomElement): readonly (string | number)[] | undefined {
  const vr = dataSet.vr(element);
  if (vr === 'AT') return dataSet.numbersOf(element).map(formatTag);
  if (isText(vr)) return dataSet.stringsOf(element);
  if (element.length > mostNumbers * 8) return undefined;
  const numbers = dataSet.numbersOf(element);
  return numbers.length > 0 && numbers.length <= mostNumbers ? numbers : undefined;
}
