import type { ColumnProfile, TableProfile } from '../shared/table.ts';

export interface ReportedProfile extends Omit<TableProfile, 'columns'> {
  columns: Pick<
    ColumnProfile,
    'name' | 'kind' | 'role' | 'nulls' | 'distinct' | 'decimals' | 'format' | 'personal'
  >[];
}

/**
 * A profile that may be passed on: without the smallest and largest values and the frequent categories of each
 * column, which are real ones.
 */
export function reportedProfile({ columns, ...table }: TableProfile): ReportedProfile {
  return {
    ...table,
    columns: columns.map(({ name, kind, role, nulls, distinct, decimals, format, personal }) => ({
      ...{ name, kind, role, nulls, distinct },
      ...(decimals !== undefined && { decimals }),
      ...(format !== undefined && { format }),
      ...(personal !== undefined && { personal }),
    })),
  };
}
