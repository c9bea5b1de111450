// What is drawn over the icons, anew for every frame: the shade of the filter, names of classes,
// and the marks of cells.

import type { Atlas, CellGrid, Place } from "./document";
import { opacityOf, type Filter } from "./filter";
import { labelsOf, regionsOf, type Label } from "./labels";
import { shadeOf, SHADE_MARGIN, type Colour, type Palette } from "./shade";

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
  /** Size of what it is seen through. */
  view: { width: number; height: number };
  grid: CellGrid;
}

/** Of colours that are not in the picture itself. */
interface Inks {
  palette: Palette;
  ink: string;
  ground: string;
  mark: string;
}

/** Of the largest part of a picture in one cell: what is less needs no number. */
const LEAST_NUMBERED = 0.4;

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
    const context = this.cleared(frame);
    context.save();
    context.translate(frame.left, frame.top);
    this.drawShade(context, frame, shown.filter);
    this.drawAllLocated(context, frame, shown.located);
    if (shown.hasLabels) this.drawLabels(context, frame, shown.filter);
    if (shown.chosen) this.drawMark(context, frame, shown.chosen, 3);
    if (shown.hovered) this.drawMark(context, frame, shown.hovered, 2);
    context.restore();
  }

  /** The canvas, as large as the view, with nothing on it. */
  private cleared({ view }: Frame): CanvasRenderingContext2D {
    const { canvas } = this;
    const scale = devicePixelRatio;
    const [width, height] = [Math.round(view.width * scale), Math.round(view.height * scale)];
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    const context = canvas.getContext("2d") as CanvasRenderingContext2D;
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, view.width, view.height);
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
    const margin = (SHADE_MARGIN * width) / grid.grid;
    context.drawImage(this.shade, -margin, -margin, width + 2 * margin, width + 2 * margin);
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
      if (!isSeen(frame, x, y) || opacityOf(this.atlas, cell, filter) < LEAST_NAMED) continue;
      context.strokeText(text, x * width, y * width);
      context.fillText(text, x * width, y * width);
    }
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

  private drawAllLocated(
    context: CanvasRenderingContext2D,
    frame: Frame,
    located: Shown["located"],
  ): void {
    const here = located.filter(({ grid }) => grid === frame.grid.grid);
    const lightest = [...here].sort((one, other) => one.weight - other.weight);
    const most = lightest.at(-1)?.weight ?? 1;
    for (const cell of lightest) this.drawLocated(context, frame, cell, most);
  }

  /** The more of the picture falls into a cell, the heavier is its line. */
  private drawLocated(
    context: CanvasRenderingContext2D,
    { grid, width }: Frame,
    { weight, ...place }: Place & { weight: number },
    most: number,
  ): void {
    const side = width / grid.grid;
    const [left, top] = [place.x * side, place.y * side];
    const line = 1.5 + 4 * (weight / most);
    context.lineJoin = "miter";
    context.strokeStyle = this.inks.ground;
    context.lineWidth = line + 3;
    context.strokeRect(left, top, side, side);
    context.strokeStyle = this.inks.mark;
    context.lineWidth = line;
    context.strokeRect(left, top, side, side);
    if (weight < most * LEAST_NUMBERED) return;
    const text = `${Math.round(weight * 100)} %`;
    context.font = "650 12px system-ui, sans-serif";
    context.textAlign = "left";
    context.textBaseline = "middle";
    const wide = context.measureText(text).width + 10;
    context.fillStyle = this.inks.mark;
    context.fillRect(left - line / 2, top - line / 2, wide, 19);
    context.fillStyle = this.inks.ground;
    context.fillText(text, left - line / 2 + 5, top - line / 2 + 10);
  }
}

/** Whether a label at a place is in the view, at least a part of it. */
function isSeen({ left, top, width, view }: Frame, x: number, y: number): boolean {
  const [across, down] = [left + x * width, top + y * width];
  return across > -200 && down > -30 && across < view.width + 200 && down < view.height + 30;
}

/** Read the colours of the page's own sheets. */
function inksOf(element: Element): Inks {
  const style = getComputedStyle(element);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {
    palette: {
      ground: colourOf(read("--sky")),
      target: colourOf(read("--one")),
      versus: colourOf(read("--other")),
    },
    ink: read("--ink"),
    ground: read("--card"),
    mark: read("--found"),
  };
}

/** Have the browser read a colour, however a sheet writes it. */
function colourOf(written: string): Colour {
  const context = document.createElement("canvas").getContext("2d") as CanvasRenderingContext2D;
  context.fillStyle = written;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
}
