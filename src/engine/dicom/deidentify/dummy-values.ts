/** Values that say nothing and are valid for their VR (PS3.5 section 6.2). */

/** The word that stands where text was. */
export const removedWord = 'REMOVED';

/** A dummy for every VR but SQ and UI, which hang on what they replace. */
export function dummyValue(vr: string): string | number[] | Uint8Array {
  switch (vr) {
    case 'DA':
      return '19000101';
    case 'DT':
      return '19000101000000';
    case 'TM':
      return '000000';
    case 'AS':
      return '000Y';
    case 'DS':
      return '0';
    case 'IS':
      // Most are counted from one.
      return '1';
    case 'PN':
      return `${removedWord}^`;
    case 'UR':
      return 'urn:removed';
    case 'US':
    case 'SS':
    case 'UL':
    case 'SL':
    case 'FL':
    case 'FD':
    case 'SV':
    case 'UV':
      return [0];
    case 'AT':
    case 'OL':
    case 'OF':
      return new Uint8Array(4);
    case 'OD':
    case 'OV':
      return new Uint8Array(8);
    case 'OB':
    case 'OW':
    case 'UN':
      return new Uint8Array(2);
    default:
      return removedWord;
  }
}

/** What stands for an encapsulated document: an empty page for PDF, else bytes without content. */
export function dummyDocument(mime: string | undefined): Uint8Array {
  if (mime?.trim() !== 'application/pdf') return new Uint8Array(2);
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>',
  ];
  let text = '%PDF-1.4\n';
  const at: number[] = [];
  for (const [index, object] of objects.entries()) {
    at.push(text.length);
    text += `${String(index + 1)} 0 obj${object}endobj\n`;
  }
  const start = text.length;
  const places = at.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  text += `xref\n0 4\n0000000000 65535 f \n${places}trailer<</Size 4/Root 1 0 R>>\nstartxref\n${String(start)}\n%%EOF\n`;
  return Buffer.from(text.length % 2 === 0 ? text : `${text}\n`, 'latin1');
}
