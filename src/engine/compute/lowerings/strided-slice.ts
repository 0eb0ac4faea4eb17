import { AppError } from '../../../shared/errors.ts';
import { programLine } from '../program-line.ts';

export interface StridedRequest {
  begin: readonly number[];
  end: readonly number[];
  strides: readonly number[];
  masks: { begin: number; end: number; ellipsis: number; newAxis: number; shrink: number };
}

/** Resolves the masks of a strided slice (as in NumPy's basic indexing) to bounds for every axis. */
export function stridedBounds(
  shape: readonly number[],
  request: StridedRequest,
): { begin: number[]; end: number[]; strides: number[]; shape: (sliced: readonly number[]) => number[] } {
  const { masks } = request;
  if (masks.ellipsis !== 0)
    throw AppError.of('compute/unsupported', 'compile_ellipsis', { place: programLine() });
  const begin: number[] = [];
  const end: number[] = [];
  const strides: number[] = [];
  const layout: ('keep' | 'drop' | 'new')[] = [];
  request.begin.forEach((first, position) => {
    const bit = 1 << position;
    if (masks.newAxis & bit) {
      layout.push('new');
      return;
    }
    const length = shape[begin.length] ?? 0;
    const step = request.strides[position] ?? 1;
    const inside = (index: number): number => {
      const positive = index < 0 ? index + length : index;
      return step > 0
        ? Math.min(Math.max(positive, 0), length)
        : Math.min(Math.max(positive, -1), length - 1);
    };
    if (masks.shrink & bit) {
      const at = first < 0 ? first + length : first;
      begin.push(at);
      end.push(at + 1);
      strides.push(1);
      layout.push('drop');
      return;
    }
    begin.push(masks.begin & bit ? (step > 0 ? 0 : length - 1) : inside(first));
    end.push(masks.end & bit ? (step > 0 ? length : -1) : inside(request.end[position] ?? length));
    strides.push(step);
    layout.push('keep');
  });
  while (begin.length < shape.length) {
    end.push(shape[begin.length] ?? 0);
    begin.push(0);
    strides.push(1);
    layout.push('keep');
  }
  return {
    begin,
    end,
    strides,
    shape: (sliced) => {
      let axis = 0;
      return layout.flatMap((kind) => {
        if (kind === 'new') return [1];
        const length = sliced[axis++] ?? 1;
        return kind === 'keep' ? [length] : [];
      });
    },
  };
}
