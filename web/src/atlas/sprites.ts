// The icons: the atlas' tiles as they come from the service, and what is cut out of them.

import { artifactPath } from "../jobs/asking";
import { askFile } from "../service/ask";
import type { AtlasCell, CellGrid } from "./document";

/** So many tiles are kept as they came, compressed; one is some 100 kB. */
const MOST_KEPT = 160;

export class Sprites {
  private readonly kept = new Map<string, Promise<Blob>>();

  constructor(private readonly id: string) {}

  /** Draw a tile's icons, each where its cell is: so many pixels wide and high in all. */
  async draw(
    grid: CellGrid,
    row: number,
    column: number,
    { width, height, isSized }: { width: number; height: number; isSized: boolean },
  ): Promise<CanvasRenderingContext2D> {
    const canvas = document.createElement("canvas");
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext("2d") as CanvasRenderingContext2D;
    const numbers = numbersIn(grid, row, column);
    if (numbers.length === 0) return context;
    const icons = await createImageBitmap(await this.fetch(grid, row, column));
    const { icon_size: size, tile_cells: along } = grid.about;
    const cellWidth = (width * size) / icons.width;
    const cellHeight = (height * size) / icons.height;
    context.imageSmoothingQuality = "high";
    for (const number of numbers) {
      const cell = grid.cells[number] as AtlasCell;
      const [x, y] = [cell.x % along, cell.y % along];
      const part = isSized ? (grid.sides[number] ?? 1) : 1;
      const [wide, high] = [cellWidth * part, cellHeight * part];
      const left = x * cellWidth + (cellWidth - wide) / 2;
      const top = y * cellHeight + (cellHeight - high) / 2;
      context.drawImage(icons, x * size, y * size, size, size, left, top, wide, high);
    }
    icons.close();
    return context;
  }

  /** Draw one cell's icon, alone, on a canvas, if it is wanted still. */
  async drawIcon(
    grid: CellGrid,
    { x, y }: AtlasCell,
    canvas: HTMLCanvasElement,
    isWanted: () => boolean,
  ): Promise<void> {
    const { icon_size: size, tile_cells: along } = grid.about;
    const tile = await this.fetch(grid, Math.floor(y / along), Math.floor(x / along));
    const left = (x % along) * size;
    const icon = await createImageBitmap(tile, left, (y % along) * size, size, size);
    if (isWanted()) {
      canvas.width = canvas.height = size;
      canvas.getContext("2d")?.drawImage(icon, 0, 0);
    }
    icon.close();
  }

  private fetch({ about }: CellGrid, row: number, column: number): Promise<Blob> {
    const path = `${about.tiles_path}/${row}_${column}.webp`;
    const tile = this.kept.get(path) ?? askFile(artifactPath(this.id, path));
    // What was used last stands last, and goes last.
    this.kept.delete(path);
    this.kept.set(path, tile);
    tile.catch(() => this.kept.delete(path));
    const [oldest] = this.kept.keys();
    if (this.kept.size > MOST_KEPT && oldest !== undefined) this.kept.delete(oldest);
    return tile;
  }
}

/** The numbers of the cells in a tile; a tile without any does not exist. */
function numbersIn(grid: CellGrid, row: number, column: number): number[] {
  const along = grid.about.tile_cells;
  const places = Array.from({ length: along * along }, (_, place) =>
    grid.numberAt(column * along + (place % along), row * along + Math.floor(place / along)),
  );
  return places.filter((number) => number >= 0);
}
