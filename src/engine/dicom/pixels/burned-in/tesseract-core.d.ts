/** Tesseract compiled to WebAssembly, as `tesseract.js` runs it in its workers; it brings no types. */
declare module 'tesseract.js-core/tesseract-core-simd-lstm.js' {
  export interface TesseractApi {
    /** @returns 0 where the language is there. */
    Init(path: null, language: string, engine: number): number;
    SetVariable(name: string, value: string): boolean;
    SetPageSegMode(mode: number): void;
    /** Reads the file `/input`. @returns 1 where it is no image. */
    SetImageFile(exif: number, angle: number): number;
    Recognize(monitor: null): number;
    /** A line for each block, paragraph, line and word: level, …, left, top, width, height, confidence, text. */
    GetTSVText(page: number): string;
    Clear(): void;
    End(): void;
  }
  export interface TesseractModule {
    readonly TessBaseAPI: new () => TesseractApi;
    /** A file system in memory. */
    readonly FS: { writeFile(path: string, bytes: Uint8Array): void; unlink(path: string): void };
  }
  export default function load(output: {
    print(text: string): void;
    printErr(text: string): void;
  }): Promise<TesseractModule>;
}
