// The numbers behind a picture: read from the answer, asked at a place, saved as a file.

import type { NumberArray } from "../service/types";

export interface RawMap {
  rows: number;
  columns: number;
  values: Float32Array;
  largest: number;
}

export interface Cell {
  row: number;
  column: number;
}

const BYTES_OF_NUMBER = 4;

/** Read a map of [rows, columns] little-endian float32. */
export function readMap({ b64, dtype, shape }: NumberArray): RawMap {
  const [rows = 0, columns = 0] = shape;
  if (dtype !== "float32" || shape.length !== 2) {
    throw new TypeError(`a map of ${dtype} [${shape.join(", ")}]`);
  }
  const bytes = Uint8Array.from(atob(b64), (letter) => letter.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  const values = Float32Array.from({ length: rows * columns }, (_, place) =>
    view.getFloat32(place * BYTES_OF_NUMBER, true),
  );
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return { rows, columns, values, largest };
}

/** The value of a cell. */
export const valueAt = (map: RawMap, { row, column }: Cell): number =>
  map.values[row * map.columns + column] ?? Number.NaN;

/** The cell at a place of the picture, whose sides are 1; null beside the picture. */
export function cellAt(map: RawMap, right: number, down: number): Cell | null {
  if (right < 0 || down < 0 || right >= 1 || down >= 1) return null;
  return { row: Math.floor(down * map.rows), column: Math.floor(right * map.columns) };
}

/** The cell so many rows and columns away, at the edge at most. */
export function cellBeside(map: RawMap, from: Cell, rows: number, columns: number): Cell {
  const within = (place: number, sides: number) => Math.min(sides - 1, Math.max(0, place));
  return {
    row: within(from.row + rows, map.rows),
    column: within(from.column + columns, map.columns),
  };
}

/** Write numbers as NumPy's own file, version 1.0: `numpy.load` reads it. */
export function npyFile({ b64, shape }: NumberArray): Blob {
  const sides = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const dictionary = `{'descr': '<f4', 'fortran_order': False, 'shape': (${sides}), }`;
  // Ten bytes come before the dictionary; numbers begin at a multiple of 64.
  const header = dictionary.padEnd(Math.ceil((dictionary.length + 11) / 64) * 64 - 11) + "\n";
  const head = new Uint8Array(10 + header.length);
  head.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length & 255, header.length >> 8]);
  head.set(new TextEncoder().encode(header), 10);
  const numbers = Uint8Array.from(atob(b64), (letter) => letter.charCodeAt(0));
  return new Blob([head, numbers], { type: "application/octet-stream" });
}
