// Which grid is seen at which zoom: every level of the pyramid is twice as wide as the one
// before, as OpenSeadragon wants it, and shows the grid whose icons fit it best.

import type { CellGrid } from "./document";

export interface Level {
  grid: CellGrid;
  /** Side of the whole atlas in pixels of this level. */
  side: number;
}

/** A level that a mini-map shows needs no more pixels. */
const SMALLEST_SIDE = 160;

/** A level is shown from this part of its own size on, so that cells stay large enough to see. */
export const LEAST_PART = 0.7;

/** List the levels, the narrowest first; the widest shows the finest grid pixel by pixel. */
export function levelsOf(grids: readonly CellGrid[]): readonly Level[] {
  const sides: number[] = [];
  const sizes = grids.map(({ grid, about }) => grid * about.icon_size);
  for (let side = Math.max(...sizes); side >= SMALLEST_SIDE; side /= 2) sides.unshift(side);
  if (sides.length === 0) sides.push(Math.max(...sizes));
  return sides.map((side) => ({ side, grid: fitting(grids, side) }));
}

/** The grid whose icons need the least scaling at a size. */
function fitting(grids: readonly CellGrid[], side: number): CellGrid {
  const misfit = ({ grid, about }: CellGrid) =>
    Math.abs(Math.log(side / (grid * about.icon_size)));
  return grids.reduce((best, other) => (misfit(other) < misfit(best) ? other : best));
}

/** The grid that is seen where the whole atlas is so many pixels of the screen wide. */
export function gridSeen(levels: readonly Level[], width: number): CellGrid {
  const seen = levels.findLast(({ side }) => width / side >= LEAST_PART) ?? levels[0];
  return (seen as Level).grid;
}
