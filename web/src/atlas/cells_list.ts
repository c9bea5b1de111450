// The cells as a table: for who does not see the atlas, and for who wants the numbers.

import { html, nothing, type TemplateResult } from "lit-html";
import { count, titled, value } from "../parts/words";
import { placeWords } from "./cell_card";
import {
  countedAs,
  labelOf,
  type Atlas,
  type AtlasCell,
  type CellGrid,
  type Place,
} from "./document";
import { filterWords, ranked, saying, type Filter } from "./filter";
import { LISTED_AT_ONCE, seenGrid, type AtlasState } from "./state";

export interface ListActions {
  flyTo: (place: Place) => void;
  listMore: () => void;
}

let last: { grid: CellGrid; filter: Filter; cells: readonly AtlasCell[] } | null = null;

/** The same as before for the same grid and filter: thousands are not sorted at every drawing. */
function rankedOnce(atlas: Atlas, grid: CellGrid, filter: Filter): readonly AtlasCell[] {
  if (last?.grid !== grid || last.filter !== filter) {
    last = { grid, filter, cells: ranked(atlas, grid, filter) };
  }
  return last.cells;
}

export function cellsList(
  atlas: Atlas,
  state: AtlasState,
  actions: ListActions,
): TemplateResult {
  const grid = seenGrid(atlas);
  const cells = rankedOnce(atlas, grid, state.filter);
  const isFiltered = state.filter.target !== null;
  return html`<details class="card cells">
    <summary>The ${count(cells.length)} cells as a table</summary>
    <p class="quiet" id="cells-title">
      ${filterWords(atlas, state.filter)}, of the grid of ${grid.grid} × ${grid.grid} that is seen;
      ${isFiltered ? "what says most first" : "the fullest first"}.
    </p>
    <div class="scrolled" tabindex="0" role="region" aria-labelledby="cells-title">
      <table>
        <thead>
          <tr>
            <th scope="col">Cell</th>
            <th scope="col">${titled(countedAs(atlas))}</th>
            ${isFiltered ? html`<th scope="col">${heading(atlas, state)}</th>` : nothing}
            <th scope="col">Speaks most for</th>
          </tr>
        </thead>
        <tbody>
          ${cells.slice(0, state.listed).map(
            (cell) =>
              html`<tr>
                <th scope="row">
                  <button
                    class="plain"
                    type="button"
                    @click=${() => actions.flyTo({ grid: grid.grid, x: cell.x, y: cell.y })}
                  >
                    ${placeWords(cell, grid)}
                  </button>
                </th>
                <td>${count(cell.n)}</td>
                ${
                  isFiltered
                    ? html`<td>${value(saying(atlas, cell, state.filter))}</td>`
                    : nothing
                }
                <td>${topClasses(atlas, cell)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${
      cells.length > state.listed
        ? html`<button class="plain" type="button" @click=${actions.listMore}>
            ${LISTED_AT_ONCE} more
          </button>`
        : nothing
    }
  </details>`;
}

function heading(atlas: Atlas, { filter: { target, versus } }: AtlasState): string {
  const label = labelOf(atlas, target ?? 0);
  return versus === null ? `For “${label}”` : `“${label}” less “${labelOf(atlas, versus)}”`;
}

const topClasses = (atlas: Atlas, { i: top, v: adds }: AtlasCell): string =>
  top
    .slice(0, 3)
    .map((index, place) => `${labelOf(atlas, index)} ${value(adds[place] ?? 0)}`)
    .join(", ");
