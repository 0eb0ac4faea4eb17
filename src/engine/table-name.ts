import { basename } from 'node:path';

/** Name of a table or model after its file: without folder and endings. */
export function tableName(path: string): string {
  return (
    basename(path).replace(/(\.(csv|tsv|txt|parquet|jsonl|ndjson|json|gz|semblance|zip))+$/i, '') ||
    basename(path)
  );
}
