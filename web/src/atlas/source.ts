// An atlas as OpenSeadragon takes it: a pyramid whose levels are its grids, and whose tiles are
// drawn here, out of the atlas' own.

import type OpenSeadragon from "openseadragon";
import type { CellGrid } from "./document";
import type { Level } from "./levels";
import type { Sprites } from "./sprites";

/** What `import("openseadragon")` gives. */
export type Library = typeof OpenSeadragon;

interface Source {
  levels: readonly Level[];
  sprites: Sprites;
  /** Whether icons are drawn smaller where few activations lie. */
  isSized: boolean;
}

/** Make the source of an atlas; it is one unit wide and high. */
export function atlasSource(
  library: Library,
  { levels, sprites, isSized }: Source,
): OpenSeadragon.TileSource {
  const side = levels.at(-1)?.side ?? 1;
  const source = new library.TileSource({
    width: side,
    height: side,
    tileSize: side,
    minLevel: 0,
    maxLevel: levels.length - 1,
  });
  const levelAt = (level: number): Level => levels[level] ?? (levels[0] as Level);
  const tileSide = (level: number): number => {
    const { grid, side: pixels } = levelAt(level);
    return (pixels / grid.grid) * grid.about.tile_cells;
  };
  const sizeOf = (level: number, column: number, row: number) => ({
    width: Math.round(
      (tileSide(level) * cellsAlong(levelAt(level).grid, column)) / tens(level),
    ),
    height: Math.round((tileSide(level) * cellsAlong(levelAt(level).grid, row)) / tens(level)),
  });
  const tens = (level: number): number => levelAt(level).grid.about.tile_cells;
  return Object.assign(source, {
    getTileWidth: tileSide,
    getTileHeight: tileSide,
    getNumTiles: (level: number) => {
      const tiles = Math.ceil(levelAt(level).grid.grid / tens(level));
      return new library.Point(tiles, tiles);
    },
    // In pixels of the page, however many the screen has to each: cells stay as large.
    getPixelRatio: (level: number) =>
      new library.Point(1 / levelAt(level).side, 1 / levelAt(level).side),
    getTileBounds: (level: number, column: number, row: number, isSource = false) => {
      const { width, height } = sizeOf(level, column, row);
      if (isSource) return new library.Rect(0, 0, width, height);
      const { grid } = levelAt(level).grid;
      return new library.Rect(
        (column * tens(level)) / grid,
        (row * tens(level)) / grid,
        cellsAlong(levelAt(level).grid, column) / grid,
        cellsAlong(levelAt(level).grid, row) / grid,
      );
    },
    getTileUrl: (level: number, column: number, row: number) =>
      `${levelAt(level).grid.about.tiles_path}/${row}_${column}.webp`,
    // One file makes the tiles of several levels.
    getTileHashKey: (level: number, column: number, row: number) =>
      `${level}/${row}_${column}${isSized ? " sized" : ""}`,
    hasTransparency: () => true,
    downloadTileStart: (job: OpenSeadragon.ImageJob) => {
      const { level, x: column, y: row } = job.tile;
      const size = { ...sizeOf(level, column, row), isSized };
      sprites.draw(levelAt(level).grid, row, column, size).then(
        (context) => job.finish(context, null, "context2d"),
        (error: unknown) => job.fail(String(error), null),
      );
    },
    downloadTileAbort: () => undefined,
  });
}

/** How many cells a tile has along a side. */
const cellsAlong = ({ grid, about }: CellGrid, tile: number): number =>
  Math.min(about.tile_cells, grid - tile * about.tile_cells);
