// The stage: the atlas itself, the buttons and keys that move it, and the card of a cell.

import { html, nothing, type TemplateResult } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { redraw } from "../parts/draw";
import { refusalNote } from "../parts/notes";
import { Refusal } from "../service/refusal";
import { cellCard, cellWords } from "./cell_card";
import { labelOf, type Atlas, type CellGrid, type Place } from "./document";
import { filterWords } from "./filter";
import type { Frame } from "./overlay";
import { cellAt, seenGrid, shownOf, state, type AtlasState } from "./state";
import { stepFrom, STEPS } from "./stepping";
import { AtlasViewer } from "./viewer";

export interface StageActions {
  choose: (place: Place | null) => void;
  hover: (place: Place | null) => void;
  moved: () => void;
}

export function stage(
  atlas: Atlas,
  { hovered, chosen, refusal }: AtlasState,
  actions: StageActions,
): TemplateResult {
  const shown = cellAt(atlas, hovered) ?? cellAt(atlas, chosen);
  const spoken = cellAt(atlas, chosen);
  return html`<section class="card atlas-card" aria-label="The atlas">
    <div
      class="atlas-stage"
      id="stage"
      tabindex="0"
      role="application"
      aria-label="Atlas of ${atlas.document.layer}. Arrow keys go from cell to cell, plus and minus zoom, zero shows the whole."
      @keydown=${(event: KeyboardEvent) => press(event, actions)}
    >
      <div class="deep-zoom" ${ref(mountedWith(atlas, actions))}></div>
      ${ends(atlas)}
      <div class="atlas-buttons">
        ${button("zoom-in", "Zoom in", "M4 10h12M10 4v12", () => state.viewer?.zoomIn())}
        ${button("zoom-out", "Zoom out", "M4 10h12", () => state.viewer?.zoomOut())}
        ${button("whole", "Show the whole", "M3 10l7-6.5L17 10M5 9v8h10V9", () => state.viewer?.goHome())}
        ${button("full-screen", "Full screen, or back", "M3 8V3h5M12 3h5v5M17 12v5h-5M8 17H3v-5", () => void state.viewer?.toggleFullScreen())}
      </div>
      <div class="cell-card" id="cell-card" ?hidden=${!shown} ${ref(keepCard)}>
        ${shown ? cellCard(atlas, shown.cell, shown.grid) : nothing}
      </div>
    </div>
    <p class="atlas-caption">
      <span id="shown">${captionOf(atlas)}</span>
    </p>
    <p class="unseen" id="spoken" role="status">
      ${spoken ? cellWords(atlas, spoken.cell, spoken.grid) : ""}
    </p>
    ${refusalNote(refusal)}
  </section>`;
}

function captionOf(atlas: Atlas): string {
  const { grid, cells } = seenGrid(atlas);
  return `${filterWords(atlas, state.filter)} · ${cells.length} cells of a grid of ${grid} × ${grid}`;
}

const button = (id: string, title: string, path: string, press: () => void): TemplateResult =>
  html`<button class="icon" id=${id} type="button" title=${title} aria-label=${title} @click=${press}>
    <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true"><path d=${path} /></svg>
  </button>`;

/** Of a comparison: for which class its sides speak. */
function ends(atlas: Atlas) {
  const { class_filter: left, versus: right } = atlas.document;
  if (left == null || right == null) return nothing;
  return html`<p class="ends" aria-hidden="true">
    <span>← ${labelOf(atlas, left)}</span><span>${labelOf(atlas, right)} →</span>
  </p>`;
}

let card: HTMLElement | null = null;
const keepCard = (element?: Element): void => {
  card = (element as HTMLElement | undefined) ?? null;
};

let mounting: ((element?: Element) => void) | null = null;
let mountedAtlas: Atlas | null = null;

/** The same function for the same atlas, so that it is called at its coming and going alone. */
function mountedWith(atlas: Atlas, actions: StageActions): (element?: Element) => void {
  if (mounting && mountedAtlas === atlas) return mounting;
  mountedAtlas = atlas;
  let opened: Promise<AtlasViewer> | null = null;
  const mount = (element?: Element): void => {
    if (element) {
      opened = mounted(atlas, element as HTMLElement, actions);
      opened.then((viewer) => keepViewer(viewer, element), complain);
    } else {
      state.viewer = null;
      opened?.then((viewer) => viewer.destroy(), complain);
      opened = null;
    }
  };
  mounting = mount;
  return mount;
}

const mounted = (atlas: Atlas, element: HTMLElement, actions: StageActions) =>
  AtlasViewer.open(element, atlas, {
    camera: state.camera,
    shown: shownOf(state),
    told: {
      moved: (camera, grid: CellGrid) => {
        Object.assign(state, { camera, grid: grid.grid });
        actions.moved();
      },
      hovered: (place) => {
        if (!isSame(place, state.hovered)) actions.hover(place);
      },
      chosen: actions.choose,
      framed,
    },
  });

function keepViewer(viewer: AtlasViewer, element: Element): void {
  if (!element.isConnected) return;
  state.viewer = viewer;
  viewer.show(shownOf(state));
  redraw();
}

/** The part of the page that draws atlases could not be fetched. */
function complain(): void {
  state.refusal = new Refusal({
    title: "The atlas cannot be drawn",
    detail: "A part of the page could not be loaded. Load the page anew.",
    code: "viewer_missing",
  });
  redraw();
}

const isSame = (one: Place | null, other: Place | null): boolean =>
  one?.grid === other?.grid && one?.x === other?.x && one?.y === other?.y;

const BESIDE_PIXELS = 14;

/** Keep the card beside its cell, on the side where there is room. */
function framed(frame: Frame): void {
  const place = state.hovered ?? state.chosen;
  const room = card?.parentElement;
  if (!card || !room || !place || card.hidden) return;
  const side = frame.width / place.grid;
  const left = frame.left + place.x * side;
  const right = left + side + BESIDE_PIXELS;
  const { offsetWidth: wide, offsetHeight: high } = card;
  const isRight = right + wide <= room.clientWidth;
  const across = isRight ? right : Math.max(0, left - BESIDE_PIXELS - wide);
  const down = frame.top + (place.y + 0.5) * side - high / 2;
  const held = Math.max(8, Math.min(room.clientHeight - high - 8, down));
  card.style.setProperty("--across", `${Math.round(across)}px`);
  card.style.setProperty("--down", `${Math.round(held)}px`);
}

/** Keys move from cell to cell, and the view. */
function press(event: KeyboardEvent, actions: StageActions): void {
  const { viewer } = state;
  const isButton = (event.target as Element).closest("button") !== null;
  if (!viewer || isButton || event.ctrlKey || event.metaKey) return;
  const step = STEPS[event.key];
  if (step) {
    const place = stepFrom(viewer.grid(), state.chosen, viewer.camera(), step);
    if (place) viewer.reveal(place);
    actions.choose(place);
  } else if (event.key === "+" || event.key === "=") viewer.zoomIn();
  else if (event.key === "-") viewer.zoomOut();
  else if (event.key === "0" || event.key === "Home") viewer.goHome();
  else if (event.key === "Enter" && state.chosen) viewer.flyTo(state.chosen);
  else if (event.key === "Escape") actions.choose(null);
  else return;
  event.preventDefault();
}
