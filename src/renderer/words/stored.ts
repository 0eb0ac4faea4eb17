import { m } from '../../shared/messages/messages.js';
import type { StoredItem, StoredKind } from '../../shared/store.ts';

const kindNames: Readonly<Record<StoredKind, () => string>> = {
  project: m.storage_kind_project,
  description: m.storage_kind_description,
  model: m.storage_kind_model,
  'former-model': m.storage_kind_former_model,
  report: m.storage_kind_report,
  export: m.storage_kind_export,
  job: m.storage_kind_job,
  checkpoint: m.storage_kind_checkpoint,
  'signing-key': m.storage_kind_signing_key,
  'pseudonym-key': m.storage_kind_pseudonym_key,
  'dicom-index': m.storage_kind_dicom_index,
  devices: m.storage_kind_devices,
  'set-aside': m.storage_kind_set_aside,
};

export function storedKindName(kind: StoredKind): string {
  return kindNames[kind]();
}

/** What erasing it means, in full. */
export function erasingMeans({ kind, project, detail }: StoredItem): string {
  if (kind === 'signing-key') return m.storage_erase_text_signing();
  const what = storedKindName(kind);
  const name = project ?? (kind === 'set-aside' ? detail : null);
  if (kind === 'pseudonym-key') return m.storage_erase_text_pseudonym({ name: project ?? '' });
  if (name === null) return m.storage_erase_text_unnamed({ what });
  if (kind === 'project') return m.storage_erase_text_project({ name });
  if (kind === 'model') return m.storage_erase_text_model({ name });
  return m.storage_erase_text({ what, name });
}
