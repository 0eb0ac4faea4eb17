/**
 * How many rows of a table are drawn by now: `each` at first and as many more in every frame, so that a long one holds up
 * none of them.
 *
 * @param total Rows there are; where there come to be fewer, all of them stay drawn.
 */
export function someAFrame(total: () => number, each: number): { readonly drawn: number } {
  let drawn = $state(each);
  $effect(() => {
    if (drawn >= total()) return;
    const request = requestAnimationFrame(() => (drawn += each));
    return () => cancelAnimationFrame(request);
  });
  return {
    get drawn() {
      return drawn;
    },
  };
}
