// Where the names of classes stand: on the cell that says most of its class in each region of
// touching cells with one top class, and in large regions again every few fingers' breadths.

import { labelOf, type Atlas, type AtlasCell, type CellGrid } from "./document";

export interface Label {
  cell: AtlasCell;
  /** Middle of the text in the unit square, and its lower edge's row. */
  x: number;
  y: number;
  text: string;
}

/** Cells of backgrounds have a top class too: less than this part of the largest says nothing. */
const LEAST_INFLUENCE = 0.1;

/** Pixels of the screen in which a region is named once. */
const NAMED_EVERY = 230;

const LETTER_PIXELS = 9;
const LINE_PIXELS = 22;

const BESIDE = [-1, 0, 1] as const;

/** Number the regions of touching cells with one top class, of each cell. */
export function regionsOf(grid: CellGrid): Int32Array {
  const regions = new Int32Array(grid.cells.length).fill(-1);
  grid.cells.forEach((first, start) => {
    if (regions[start] !== -1) return;
    const waiting = [start];
    regions[start] = start;
    for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
      const cell = grid.cells[number] ?? first;
      for (const down of BESIDE) {
        for (const right of BESIDE) {
          const beside = grid.numberAt(cell.x + right, cell.y + down);
          if (beside < 0 || regions[beside] !== -1) continue;
          if (grid.cells[beside]?.i[0] !== first.i[0]) continue;
          regions[beside] = start;
          waiting.push(beside);
        }
      }
    }
  });
  return regions;
}

/** Place the labels of a grid whose cells are so many pixels of the screen wide. */
export function labelsOf(
  atlas: Atlas,
  grid: CellGrid,
  regions: Int32Array,
  cellPixels: number,
): readonly Label[] {
  const placed: Label[] = [];
  const pixels = cellPixels * grid.grid;
  for (const number of peaksOf(grid, regions, cellPixels)) {
    const cell = grid.cells[number];
    const index = cell?.i[0];
    if (!cell || index === undefined) continue;
    const text = labelOf(atlas, index);
    const label = { cell, text, x: (cell.x + 0.5) / grid.grid, y: (cell.y + 1) / grid.grid };
    if (!placed.some((other) => isTooNear(label, other, pixels))) placed.push(label);
  }
  return placed;
}

/** The cells that say most in their region and block, the strongest first. */
function peaksOf(grid: CellGrid, regions: Int32Array, cellPixels: number): number[] {
  const block = Math.max(1, Math.round(NAMED_EVERY / cellPixels));
  const strength = (number: number) => grid.cells[number]?.v[0] ?? 0;
  const strongest = grid.cells.reduce((most, { v }) => Math.max(most, v[0] ?? 0), 0);
  const peaks = new Map<string, number>();
  grid.cells.forEach(({ x, y }, number) => {
    if (strength(number) < LEAST_INFLUENCE * strongest || strongest <= 0) return;
    const key = `${regions[number]} ${Math.floor(x / block)} ${Math.floor(y / block)}`;
    const other = peaks.get(key);
    if (other === undefined || strength(number) > strength(other)) peaks.set(key, number);
  });
  return [...peaks.values()].sort((one, other) => strength(other) - strength(one));
}

/** Whether two labels would touch, or say the same twice side by side. */
function isTooNear(one: Label, other: Label, pixels: number): boolean {
  const right = Math.abs(one.x - other.x) * pixels;
  const down = Math.abs(one.y - other.y) * pixels;
  if (one.text === other.text) return Math.hypot(right, down) < NAMED_EVERY * 0.7;
  const room = ((one.text.length + other.text.length) * LETTER_PIXELS) / 2;
  return right < room && down < LINE_PIXELS;
}
