// The card of a cell: its icon, what it adds most to, and how much lies in it.

import { html, nothing, type TemplateResult } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { count, value } from "../parts/words";
import { countedAs, labelOf, type Atlas, type AtlasCell, type CellGrid } from "./document";
import { influence, saying } from "./filter";
import { state } from "./state";

/** Names of images are shown of a map of a dataset, so many. */
const IMAGES_NAMED = 3;

export const cellCard = (atlas: Atlas, cell: AtlasCell, grid: CellGrid): TemplateResult =>
  html`<div class="cell-head">
      <canvas
        class="icon"
        width="96"
        height="96"
        aria-hidden="true"
        ${ref((canvas) => void drawIcon(canvas as HTMLCanvasElement | undefined, cell, grid))}
      ></canvas>
      <p>
        <strong>${count(cell.n)} ${countedAs(atlas)}</strong>
        <span class="quiet">${placeWords(cell, grid)}</span>
        ${imageNames(cell)}
      </p>
    </div>
    <ol class="adds">
      ${rowsOf(atlas, cell).map(([index, added]) => addsRow(atlas, index, added))}
    </ol>
    ${comparison(atlas, cell)}`;

/** Where a cell is, in words. */
export const placeWords = ({ x, y }: AtlasCell, { grid }: CellGrid): string =>
  `row ${y + 1}, column ${x + 1} of ${grid}`;

function imageNames({ images }: AtlasCell) {
  if (!images || images.length === 0) return nothing;
  return html`<span class="quiet names">${images.slice(0, IMAGES_NAMED).join(", ")}</span>`;
}

/** The top classes, and behind them those of the filter that are none of these. */
function rowsOf(atlas: Atlas, cell: AtlasCell): (readonly [index: number, added: number])[] {
  const top = cell.i.map((index, place) => [index, cell.v[place] ?? 0] as const);
  const asked = [state.filter.target, state.filter.versus].filter(
    (index) => index !== null && !cell.i.includes(index),
  ) as number[];
  return [...top, ...asked.map((index) => [index, influence(atlas, cell, index)] as const)];
}

const addsRow = (atlas: Atlas, index: number, added: number): TemplateResult => {
  const part = Math.min(1, Math.abs(added) / (atlas.document.full_influence || 1));
  const isAsked = index === state.filter.target || index === state.filter.versus;
  return html`<li class=${isAsked ? "is-asked" : ""}>
    <span class="label">${labelOf(atlas, index)}</span>
    <span class="number">${added > 0 ? "+" : ""}${value(added)}</span>
    <meter
      class=${added < 0 ? "is-against" : ""}
      min="0"
      max="1"
      .value=${part}
      aria-hidden="true"
    ></meter>
  </li>`;
};

function comparison(atlas: Atlas, cell: AtlasCell) {
  const { target, versus } = state.filter;
  if (target === null || versus === null) return nothing;
  const said = saying(atlas, cell, state.filter);
  const [first, second] = said >= 0 ? [target, versus] : [versus, target];
  return html`<p class="quiet">
    Speaks for “${labelOf(atlas, first)}” rather than “${labelOf(atlas, second)}” by
    ${value(Math.abs(said))}
  </p>`;
}

/** Draw the icon on a canvas that may have another one. */
async function drawIcon(
  canvas: HTMLCanvasElement | undefined,
  cell: AtlasCell,
  grid: CellGrid,
): Promise<void> {
  const key = `${grid.grid} ${cell.x} ${cell.y}`;
  if (!canvas || !state.viewer || canvas.dataset["cell"] === key) return;
  canvas.dataset["cell"] = key;
  try {
    await state.viewer.sprites.drawIcon(
      grid,
      cell,
      canvas,
      () => canvas.dataset["cell"] === key,
    );
  } catch {
    // The card says the rest of it without an icon.
    delete canvas.dataset["cell"];
  }
}

/** A cell in a sentence, for who hears the page. */
export function cellWords(atlas: Atlas, cell: AtlasCell, grid: CellGrid): string {
  const adds = cell.i
    .slice(0, 3)
    .map((index, place) => `${labelOf(atlas, index)} ${value(cell.v[place] ?? 0)}`);
  return `${placeWords(cell, grid)}: ${count(cell.n)} ${countedAs(atlas)}. Speaks for ${adds.join(", ")}.`;
}
