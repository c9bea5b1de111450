// From cell to cell by keys: gaps are stepped over.

import type { CellGrid, Place } from "./document";

export type Step = readonly [right: number, down: number];

export const STEPS: Readonly<Record<string, Step>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The next cell in a direction; from nowhere, the one nearest to the middle of the view. */
export function stepFrom(
  grid: CellGrid,
  from: Place | null,
  middle: { x: number; y: number },
  step: Step,
): Place | null {
  if (!from) return nearest(grid, middle.x * grid.grid, middle.y * grid.grid);
  // A cell of another grid is left from its middle.
  const scale = grid.grid / from.grid;
  const [x, y] = [Math.floor((from.x + 0.5) * scale), Math.floor((from.y + 0.5) * scale)];
  for (let far = 1; far < grid.grid; far++) {
    const place = { grid: grid.grid, x: x + step[0] * far, y: y + step[1] * far };
    if (grid.at(place.x, place.y)) return place;
  }
  return besideOf(grid, x, y, step) ?? (grid.at(x, y) ? { grid: grid.grid, x, y } : null);
}

/** With nothing straight ahead, the nearest cell that lies that way at all. */
function besideOf(grid: CellGrid, x: number, y: number, [right, down]: Step): Place | null {
  const ahead = grid.cells.filter((cell) => (cell.x - x) * right + (cell.y - y) * down > 0);
  const [first] = ahead.sort(
    (one, other) => Math.hypot(one.x - x, one.y - y) - Math.hypot(other.x - x, other.y - y),
  );
  return first ? { grid: grid.grid, x: first.x, y: first.y } : null;
}

function nearest(grid: CellGrid, x: number, y: number): Place | null {
  const far = (cell: Place | { x: number; y: number }) =>
    Math.hypot(cell.x + 0.5 - x, cell.y + 0.5 - y);
  const [first, ...others] = grid.cells;
  if (!first) return null;
  const best = others.reduce((near, cell) => (far(cell) < far(near) ? cell : near), first);
  return { grid: grid.grid, x: best.x, y: best.y };
}
