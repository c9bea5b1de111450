// What is drawn over the icons, anew for every frame: the shade of the filter, names of classes,
// and the marks of cells.

import type { Atlas, CellGrid, Place } from "./document";
import { opacityOf, type Filter } from "./filter";
import { labelsOf, regionsOf, type Label } from "./labels";
import { shadeOf, type Colour, type Palette } from "./shade";

/** What the page wants to be seen. */
export interface Shown {
  filter: Filter;
  hasLabels: boolean;
  isSized: boolean;
  hovered: Place | null;
  chosen: Place | null;
  /** Cells in which a picture falls, with the part of it that falls there. */
  located: readonly (Place & { weight: number })[];
}

/** Where the atlas is on the screen, in pixels of the page. */
export interface Frame {
  left: number;
  top: number;
  width: number;
  grid: CellGrid;
}

/** Of colours that are not in the picture itself. */
interface Inks {
  palette: Palette;
  ink: string;
  ground: string;
  mark: string;
}

/** A cell that has faded further has no name. */
const LEAST_NAMED = 0.15;

export class Overlay {
  readonly canvas = document.createElement("canvas");
  private shade: HTMLCanvasElement | null = null;
  private shadeKey = "";
  private readonly regions = new Map<CellGrid, Int32Array>();
  private labels: readonly Label[] = [];
  private labelsKey = "";
  private inks: Inks = inksOf(document.documentElement);

  constructor(private readonly atlas: Atlas) {
    this.canvas.className = "atlas-overlay";
    this.canvas.setAttribute("aria-hidden", "true");
  }

  /** Take the colours of the page as they are now. */
  recolour(): void {
    this.inks = inksOf(this.canvas.parentElement ?? document.documentElement);
    this.shadeKey = "";
  }

  draw(frame: Frame, shown: Shown): void {
    const context = this.cleared();
    context.save();
    context.translate(frame.left, frame.top);
    this.drawShade(context, frame, shown.filter);
    for (const cell of shown.located) this.drawLocated(context, frame, cell);
    if (shown.hasLabels) this.drawLabels(context, frame, shown.filter);
    if (shown.chosen) this.drawMark(context, frame, shown.chosen, 3);
    if (shown.hovered) this.drawMark(context, frame, shown.hovered, 2);
    context.restore();
  }

  /** The canvas, as large as its place, with nothing on it. */
  private cleared(): CanvasRenderingContext2D {
    const { canvas } = this;
    const scale = devicePixelRatio;
    const [width, height] = [canvas.clientWidth * scale, canvas.clientHeight * scale];
    if (canvas.width !== Math.round(width) || canvas.height !== Math.round(height)) {
      canvas.width = Math.round(width);
      canvas.height = Math.round(height);
    }
    const context = canvas.getContext("2d") as CanvasRenderingContext2D;
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, canvas.clientWidth, canvas.clientHeight);
    return context;
  }

  private drawShade(context: CanvasRenderingContext2D, { width, grid }: Frame, filter: Filter) {
    const key = `${grid.grid} ${JSON.stringify(filter)}`;
    if (key !== this.shadeKey) {
      this.shade = shadeOf(this.atlas, grid, filter, this.inks.palette);
      this.shadeKey = key;
    }
    if (!this.shade) return;
    context.imageSmoothingEnabled = false;
    context.drawImage(this.shade, 0, 0, width, width);
  }

  private drawLabels(context: CanvasRenderingContext2D, frame: Frame, filter: Filter): void {
    const { grid, width } = frame;
    // As long as cells grow by less than half, the names keep their places.
    const step = Math.round(2 * Math.log2(width / grid.grid));
    const key = `${grid.grid} ${step}`;
    if (key !== this.labelsKey) {
      const regions = this.regions.get(grid) ?? regionsOf(grid);
      this.regions.set(grid, regions);
      this.labels = labelsOf(this.atlas, grid, regions, 2 ** (step / 2));
      this.labelsKey = key;
    }
    const pixels = Math.max(12, Math.min(18, width / grid.grid / 4));
    context.font = `600 ${pixels}px system-ui, sans-serif`;
    context.textAlign = "center";
    context.textBaseline = "bottom";
    context.lineJoin = "round";
    context.lineWidth = 4;
    context.strokeStyle = this.inks.ground;
    context.fillStyle = this.inks.ink;
    for (const { cell, x, y, text } of this.labels) {
      if (!this.isSeen(frame, x, y) || opacityOf(this.atlas, cell, filter) < LEAST_NAMED)
        continue;
      context.strokeText(text, x * width, y * width);
      context.fillText(text, x * width, y * width);
    }
  }

  private isSeen({ left, top, width }: Frame, x: number, y: number): boolean {
    const [across, down] = [left + x * width, top + y * width];
    const { clientWidth, clientHeight } = this.canvas;
    return (
      across > -200 && down > -30 && across < clientWidth + 200 && down < clientHeight + 30
    );
  }

  /** A double line around a cell: seen on any picture. */
  private drawMark(
    context: CanvasRenderingContext2D,
    { width }: Frame,
    place: Place,
    line: number,
  ) {
    const side = width / place.grid;
    const [left, top] = [place.x * side, place.y * side];
    context.lineJoin = "miter";
    context.strokeStyle = this.inks.ground;
    context.lineWidth = line * 2 + 2;
    context.strokeRect(left, top, side, side);
    context.strokeStyle = this.inks.ink;
    context.lineWidth = line;
    context.strokeRect(left, top, side, side);
  }

  private drawLocated(
    context: CanvasRenderingContext2D,
    frame: Frame,
    { weight, ...place }: Place & { weight: number },
  ): void {
    if (place.grid !== frame.grid.grid) return;
    const side = frame.width / place.grid;
    const [left, top] = [place.x * side, place.y * side];
    context.strokeStyle = this.inks.ground;
    context.lineWidth = 8;
    context.strokeRect(left, top, side, side);
    context.strokeStyle = this.inks.mark;
    context.lineWidth = 5;
    context.strokeRect(left, top, side, side);
    const text = `${Math.round(weight * 100)} %`;
    context.font = "650 12px system-ui, sans-serif";
    context.textAlign = "left";
    context.textBaseline = "middle";
    const wide = context.measureText(text).width + 8;
    context.fillStyle = this.inks.mark;
    context.fillRect(left - 2.5, top - 2.5, wide, 18);
    context.fillStyle = this.inks.ground;
    context.fillText(text, left + 1.5, top + 7);
  }
}

/** Read the colours of the page's own sheets: `#rrggbb` each. */
function inksOf(element: Element): Inks {
  const style = getComputedStyle(element);
  const read = (name: string) => style.getPropertyValue(name).trim();
  const colour = (name: string): Colour => {
    const word = Number.parseInt(read(name).slice(1), 16);
    return [word >> 16, (word >> 8) & 255, word & 255];
  };
  return {
    palette: { ground: colour("--sky"), target: colour("--one"), versus: colour("--other") },
    ink: read("--ink"),
    ground: read("--card"),
    mark: read("--found"),
  };
}
