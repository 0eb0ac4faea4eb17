/** What runs the drawing of a generator: compiled here, or opened from its file. */
interface DrawRunner {
  run(inputs: { uniform: Float32Array<ArrayBuffer> }): Promise<Readonly<Record<string, unknown>>>;
}

/**
 * The class of each column in each row, [rows, columns], of `uniform` numbers [rows, columns] in (0, 1). The array is the
 * program's, which writes into it again at its next run.
 */
export async function drawnClasses(
  program: DrawRunner,
  uniform: Float32Array<ArrayBuffer>,
): Promise<Int32Array> {
  const { classes } = await program.run({ uniform });
  if (!(classes instanceof Int32Array)) throw new TypeError('Classes are whole numbers.');
  return classes;
}
