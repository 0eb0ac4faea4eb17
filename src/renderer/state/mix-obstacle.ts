import type { Project } from '../../shared/project.ts';
import { isImported } from './steps.ts';

/** Why real rows cannot be mixed in: see `prepareMix` in the engine, which has the last word. */
export type MixObstacle = 'no-table' | 'no-source' | 'condition' | 'rules';

export function mixObstacle(project: Project, where: string): MixObstacle | null {
  if (isImported(project)) return 'no-table';
  if (project.source !== 'present') return 'no-source';
  if (where.trim() !== '') return 'condition';
  if (project.rules.some(({ on }) => on)) return 'rules';
  return null;
}
