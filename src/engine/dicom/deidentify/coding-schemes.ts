/** Coding schemes whose codes and meanings are not of one's own making (PS3.16 section 8). */
import { type Tag } from '../tag.ts';

/** Says of what scheme a code is. A private one, which begins with 99, may be named after a hospital. */
export const CODING_SCHEME_DESIGNATOR: Tag = 0x00080102;

const known: ReadonlySet<string> = new Set([
  'ACR', 'BARI', 'BI', 'C4', 'C5', 'CD2', 'CD8', 'CVX', 'DC', 'DCM', 'DCMUID', 'FMA', 'HCPCS', 'HGNC', 'HPC',
  'I10', 'I10P', 'I11', 'I9', 'I9C', 'IBSI', 'ICD10', 'ICDO3', 'ISO3166_1', 'ISO3166_2', 'ISO639_1', 'ISO639_2',
  'ITIS_TSN', 'LN', 'MA', 'MDC', 'MDNS', 'MGI', 'MSH', 'NCBI_TAXON', 'NCDR', 'NCIt', 'NDC', 'NEU', 'NICIP',
  'PATHLEX', 'POS', 'RADELEMENT', 'RADLEX', 'RFC3066', 'RFC5646', 'RO', 'RXNORM', 'SCPECG', 'SCT', 'SDM', 'SNM3',
  'SRT', 'UBERON', 'UCUM', 'UMLS', 'UNS', '99SDM', '99_OFFIS_DCMTK',
]); // prettier-ignore

export function isKnownScheme(designator: string): boolean {
  return known.has(designator.trim());
}

/** Stands for a scheme of one's own: what begins with 99 is private (PS3.3 section 8.2). */
export const removedScheme = '99REMOVED';
