// The deep zoom: OpenSeadragon moves and draws the atlas, and this keeps what lies over it in
// step. It is fetched only where an atlas is looked at.

import type OpenSeadragon from "openseadragon";
import type { Atlas, CellGrid, Place } from "./document";
import { gridSeen, LEAST_PART, levelsOf, type Level } from "./levels";
import { Overlay, type Frame, type Shown } from "./overlay";
import { atlasSource, type Library } from "./source";
import { Sprites } from "./sprites";

/** What is looked at: the centre in the unit square, and how much larger than the whole. */
export interface Camera {
  x: number;
  y: number;
  zoom: number;
}

export interface Told {
  /** It has come to rest somewhere. */
  moved: (camera: Camera, grid: CellGrid) => void;
  hovered: (place: Place | null) => void;
  chosen: (place: Place | null) => void;
  /** Where the cell that a card speaks of is on the screen, at every frame. */
  framed: (frame: Frame) => void;
}

export const WHOLE: Camera = { x: 0.5, y: 0.5, zoom: 1 };

/** A cell of the finest grid grows to at most so many times its icon. */
const MOST_ENLARGED = 4;

/** How much of the view a cell takes that was flown to. */
const FLOWN_TO = 1 / 6;

const ZOOM_STEP = 1.6;

/** From here on a mini-map is of use. */
const LEAST_MAPPED = 1.15;

export class AtlasViewer {
  readonly sprites: Sprites;
  private readonly levels: readonly Level[];
  private readonly overlay: Overlay;
  private readonly viewer: OpenSeadragon.Viewer;
  private readonly dark = matchMedia("(prefers-color-scheme: dark)");
  private shown: Shown;

  /** Load the library, and show an atlas in an element. */
  static async open(
    element: HTMLElement,
    atlas: Atlas,
    { camera, shown, told }: { camera: Camera; shown: Shown; told: Told },
  ): Promise<AtlasViewer> {
    const { default: library } = await import("openseadragon");
    return new AtlasViewer(library, element, atlas, camera, shown, told);
  }

  private constructor(
    private readonly library: Library,
    element: HTMLElement,
    atlas: Atlas,
    camera: Camera,
    shown: Shown,
    private readonly told: Told,
  ) {
    this.shown = shown;
    this.sprites = new Sprites(atlas.id);
    this.levels = levelsOf(atlas.grids);
    this.overlay = new Overlay(atlas);
    forgoOwnStyles();
    this.viewer = library({ ...optionsOf(library), element });
    this.viewer.canvas.append(this.overlay.canvas);
    this.viewer.canvas.tabIndex = -1;
    this.viewer.navigator.element.setAttribute("aria-hidden", "true");
    this.overlay.recolour();
    this.listen();
    this.openSource(camera);
  }

  destroy(): void {
    this.dark.removeEventListener("change", this.recolour);
    this.viewer.destroy();
  }

  /** Show something else, at the same place. */
  show(shown: Shown): void {
    const isSized = this.shown.isSized !== shown.isSized;
    this.shown = shown;
    if (isSized) this.openSource(this.camera());
    this.draw();
  }

  camera(): Camera {
    const { viewport } = this.viewer;
    const { x, y } = viewport.getCenter(false);
    return { x, y, zoom: viewport.getZoom(false) / viewport.getHomeZoom() };
  }

  moveTo({ x, y, zoom }: Camera, isAtOnce = false): void {
    const { viewport } = this.viewer;
    viewport.zoomTo(zoom * viewport.getHomeZoom(), undefined, isAtOnce);
    viewport.panTo(new this.library.Point(x, y), isAtOnce);
    viewport.applyConstraints(isAtOnce);
  }

  zoomIn(): void {
    this.viewer.viewport.zoomBy(ZOOM_STEP).applyConstraints();
  }

  zoomOut(): void {
    this.viewer.viewport.zoomBy(1 / ZOOM_STEP).applyConstraints();
  }

  goHome(): void {
    this.viewer.viewport.goHome();
  }

  /** Bring a cell into the middle, large enough to see it and what is around. */
  flyTo({ grid, x, y }: Place): void {
    const zoom = Math.max(1, grid * FLOWN_TO, this.camera().zoom);
    const seen = gridSeen(this.levels, this.width(zoom));
    // Closer, until its own grid is the one that is seen.
    const nearest = this.levels.find((level) => level.grid.grid === grid)?.side ?? 0;
    const closer = seen.grid === grid ? zoom : (nearest * LEAST_PART) / this.width(1);
    this.moveTo({ x: (x + 0.5) / grid, y: (y + 0.5) / grid, zoom: closer });
  }

  /** Bring a cell into the view, if it is not. */
  reveal({ grid, x, y }: Place): void {
    const bounds = this.viewer.viewport.getBounds(false);
    const [left, top, side] = [x / grid, y / grid, 1 / grid];
    const isIn =
      left >= bounds.x &&
      top >= bounds.y &&
      left + side <= bounds.x + bounds.width &&
      top + side <= bounds.y + bounds.height;
    if (isIn) return;
    this.viewer.viewport
      .panTo(new this.library.Point(left + side / 2, top + side / 2))
      .applyConstraints();
  }

  /** The grid that is seen once all movement has ended. */
  grid(): CellGrid {
    return gridSeen(this.levels, this.width(this.camera().zoom));
  }

  /** Take all of the screen, or give it back. */
  async toggleFullScreen(): Promise<void> {
    const stage = this.viewer.element.parentElement;
    if (document.fullscreenElement) await document.exitFullscreen();
    else await stage?.requestFullscreen();
  }

  /** How many pixels of the page the whole atlas is wide at a zoom. */
  private width(zoom: number): number {
    const { viewport } = this.viewer;
    return zoom * viewport.getHomeZoom() * viewport.getContainerSize().x;
  }

  private openSource(camera: Camera): void {
    const { isSized } = this.shown;
    const source = atlasSource(this.library, {
      levels: this.levels,
      sprites: this.sprites,
      isSized,
    });
    this.viewer.addOnceHandler("open", () => {
      this.moveTo(camera, true);
      this.tellMoved();
    });
    this.viewer.open({ tileSource: source });
  }

  private listen(): void {
    const { viewer } = this;
    this.dark.addEventListener("change", this.recolour);
    viewer.addHandler("update-viewport", () => this.draw());
    viewer.addHandler("fully-loaded-change", ({ fullyLoaded }) =>
      viewer.element.setAttribute("aria-busy", String(!fullyLoaded)),
    );
    viewer.addHandler("animation-finish", () => this.tellMoved());
    viewer.addHandler("canvas-click", (event) => {
      if (!event.quick) return;
      event.preventDefaultAction = true;
      this.told.chosen(this.placeAt(event.position));
    });
    const { canvas } = viewer;
    canvas.addEventListener("pointermove", (event) => {
      if (event.pointerType !== "mouse" || event.buttons !== 0) return;
      const { left, top } = canvas.getBoundingClientRect();
      const position = new this.library.Point(event.clientX - left, event.clientY - top);
      this.told.hovered(this.placeAt(position));
    });
    canvas.addEventListener("pointerleave", () => this.told.hovered(null));
  }

  private readonly recolour = (): void => {
    this.overlay.recolour();
    this.draw();
  };

  private tellMoved(): void {
    if (!this.viewer.isOpen()) return;
    const camera = this.camera();
    // Where the whole is seen a smaller one tells nothing.
    this.viewer.navigator.element.classList.toggle("is-idle", camera.zoom < LEAST_MAPPED);
    this.told.moved(camera, this.grid());
  }

  /** The cell at a position of the screen; null where none is shown. */
  private placeAt(position: OpenSeadragon.Point): Place | null {
    if (!this.viewer.isOpen()) return null;
    const { grid: cells } = this.frame();
    const { grid } = cells;
    const { x, y } = this.viewer.viewport.pointFromPixel(position, true);
    const place = { grid, x: Math.floor(x * grid), y: Math.floor(y * grid) };
    return cells.at(place.x, place.y) ? place : null;
  }

  private frame(): Frame {
    const { viewport } = this.viewer;
    const corner = viewport.pixelFromPoint(new this.library.Point(0, 0), true);
    const { x: across, y: down } = viewport.getContainerSize();
    const width = viewport.getZoom(true) * across;
    const grid = gridSeen(this.levels, width);
    return {
      left: corner.x,
      top: corner.y,
      width,
      grid,
      view: { width: across, height: down },
    };
  }

  private draw(): void {
    if (!this.viewer.isOpen()) return;
    const frame = this.frame();
    this.overlay.draw(frame, this.shown);
    this.told.framed(frame);
  }
}

const isStill = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** The page has its own buttons and keys. */
const optionsOf = (library: Library): OpenSeadragon.Options => ({
  // Some dozens of small pictures: a plain canvas draws them as fast as a graphics card would.
  drawer: "canvas",
  animationTime: isStill() ? 0 : 0.6,
  springStiffness: 8,
  visibilityRatio: 0.6,
  minZoomImageRatio: 0.8,
  maxZoomPixelRatio: MOST_ENLARGED,
  minPixelRatio: LEAST_PART,
  zoomPerScroll: 1.25,
  imageLoaderLimit: 6,
  maxImageCacheCount: 128,
  immediateRender: true,
  gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true },
  keyboardNavEnabled: false,
  showNavigationControl: false,
  showNavigator: true,
  navigatorPosition: "BOTTOM_RIGHT",
  navigatorSizeRatio: 0.18,
  navigatorMaintainSizeRatio: true,
  navigatorAutoFade: false,
  // No seams between tiles.
  subPixelRoundingForTransparency: { "*": library.SUBPIXEL_ROUNDING_OCCURRENCES.ALWAYS },
});

/** The library would add a sheet of its own, which the page's policy forbids, were one there. */
function forgoOwnStyles(): void {
  const mark = "data-openseadragon-mobile-css";
  if (document.querySelector(`style[${mark}]`)) return;
  // An element of that name which is none of HTML's, and so no sheet either.
  const sheet = document.createElementNS(null, "style");
  sheet.setAttribute(mark, "");
  document.head.append(sheet);
}
