// The shade over the icons: one pixel a cell, of the colour of the ground. Laid over the icons
// with the part that a filter takes away, it fades them as less opacity would, at no cost.

import type { Atlas, AtlasCell, CellGrid } from "./document";
import { opacityOf, saying, type Filter } from "./filter";

export type Colour = readonly [red: number, green: number, blue: number];

export interface Palette {
  ground: Colour;
  /** Of the class that is chosen, and of the one that it is held against. */
  target: Colour;
  versus: Colour;
}

/** How much of its class' colour a cell takes on where two are compared. */
const TINT = 0.35;

/** Cells of ground around the grid: icons at its edges are rounded outwards, too. */
export const SHADE_MARGIN = 1;

/** Draw the shade of a grid; null where all cells are seen in full. */
export function shadeOf(
  atlas: Atlas,
  grid: CellGrid,
  filter: Filter,
  palette: Palette,
): HTMLCanvasElement | null {
  if (filter.target === null) return null;
  const canvas = document.createElement("canvas");
  const side = grid.grid + 2 * SHADE_MARGIN;
  canvas.width = canvas.height = side;
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  const pixels = context.createImageData(side, side);
  // Where no cell is there is ground; icons whose edges are rounded outwards end at their cells.
  for (let place = 0; place < side ** 2; place++) {
    pixels.data.set([...palette.ground, 255], place * 4);
  }
  for (const cell of grid.cells) {
    const place = (cell.y + SHADE_MARGIN) * side + cell.x + SHADE_MARGIN;
    pixels.data.set(shadeOfCell(atlas, cell, filter, palette), place * 4);
  }
  context.putImageData(pixels, 0, 0);
  return canvas;
}

/** The colour and opacity of one pixel, each from 0 to 255. */
function shadeOfCell(
  atlas: Atlas,
  cell: AtlasCell,
  filter: Filter,
  palette: Palette,
): readonly [number, number, number, number] {
  const opacity = opacityOf(atlas, cell, filter);
  const tint = filter.versus === null ? 0 : TINT * opacity;
  const colour = saying(atlas, cell, filter) >= 0 ? palette.target : palette.versus;
  // The ground first, then the tint over it: both together are one colour of this opacity.
  const whole = 1 - opacity * (1 - tint);
  const mixed = (place: 0 | 1 | 2) =>
    whole > 0
      ? (palette.ground[place] * (1 - opacity) * (1 - tint) + colour[place] * tint) / whole
      : 0;
  return [mixed(0), mixed(1), mixed(2), 255 * whole];
}
