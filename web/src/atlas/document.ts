// A finished atlas as the viewer holds it: what it is, and the cells of its grids by place.
// docs/atlas_format.md describes the files.

import type { AtlasDocument, AtlasGrid } from "../service/types";

/** The only version of the format that this page knows. */
export const VERSION = 1;

/** A cell, with the short names of the format. */
export interface AtlasCell {
  /** Column, from the left. */
  x: number;
  /** Row, from the top. */
  y: number;
  /** Activations, or images of a map of a dataset. */
  n: number;
  /** The classes that it adds most to, the most first, and how much it adds. */
  i: readonly number[];
  v: readonly number[];
  /** The same of every one of the atlas' `filter_classes`. */
  f: readonly number[];
  /** Paths of images in it, of a map of a dataset. */
  images?: readonly string[] | null;
}

export interface CellsFile {
  version: number;
  grid: number;
  cells: readonly AtlasCell[];
}

/** Where a cell is: column and row in a grid of so many cells a side. */
export interface Place {
  grid: number;
  x: number;
  y: number;
}

/** One grid of an atlas. */
export class CellGrid {
  readonly grid: number;
  /** Side of an icon as a part of its cell, of each cell. */
  readonly sides: readonly number[];
  private readonly numbers: Int32Array;

  constructor(
    readonly about: AtlasGrid,
    readonly cells: readonly AtlasCell[],
  ) {
    const { grid } = about;
    this.grid = grid;
    this.numbers = new Int32Array(grid * grid).fill(-1);
    cells.forEach(({ x, y }, number) => (this.numbers[y * grid + x] = number));
    const mean = (about.points + about.sparse_points) / grid ** 2;
    this.sides = cells.map(({ n }) => sideOf(n, mean));
  }

  /** The number of the cell at a place in the list of cells; -1 where nothing is shown. */
  numberAt(x: number, y: number): number {
    const isInside = x >= 0 && y >= 0 && x < this.grid && y < this.grid;
    return isInside ? (this.numbers[y * this.grid + x] ?? -1) : -1;
  }

  at(x: number, y: number): AtlasCell | undefined {
    return this.cells[this.numberAt(x, y)];
  }
}

/** A smaller icon shows nothing. */
const LEAST_SIDE = 0.3;

/** `min(1, sqrt(n / mean))`, as the format has it with a spread of 1. */
const sideOf = (count: number, mean: number): number =>
  Math.max(LEAST_SIDE, Math.min(1, Math.sqrt(count / (mean || 1))));

/** An atlas, whole. */
export interface Atlas {
  id: string;
  document: AtlasDocument;
  /** The coarsest first. */
  grids: readonly CellGrid[];
}

/** The grid of so many cells a side, or the coarsest. */
export const gridOf = ({ grids }: Atlas, cells: number): CellGrid =>
  grids.find(({ grid }) => grid === cells) ?? (grids[0] as CellGrid);

/** The label of a class. */
export const labelOf = ({ document }: Atlas, index: number): string =>
  document.classes[index] ?? `class ${index}`;

/** What `n` of a cell counts. */
export const countedAs = ({ document }: Atlas): string =>
  document.kind === "dataset-map" ? "images" : "activations";
