import type { ExportPlan } from '../../shared/export-plan.ts';
import { m } from '../../shared/messages/messages.js';
import type { Project } from '../../shared/project.ts';
import { warningsOf } from './warnings.ts';

const roles: Record<ExportPlan['files'][number]['role'], () => string> = {
  rows: m.export_role_rows,
  card: m.export_role_card,
  model: m.export_role_model,
  report: m.export_role_report,
  manifest: m.export_role_manifest,
};

/** What a file is to the others. */
export function roleOfFile(role: ExportPlan['files'][number]['role']): string {
  return roles[role]();
}

/** What to be warned of before it is written, each once; that real rows are among them comes first, as a risk. */
export function planWarnings(
  { warnings, realRows }: ExportPlan,
  { card, profile }: Pick<Project, 'card' | 'profile'>,
): { message: string; risk: boolean }[] {
  const texts =
    card === null ? warnings : warningsOf({ ...card, warnings }, profile).map(({ message }) => message);
  return [...new Set(texts)].map((message, at) => ({ message, risk: at === 0 && realRows > 0 }));
}
