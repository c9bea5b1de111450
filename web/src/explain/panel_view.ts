// One method's map over the picture: its choice of method, the picture, what it shows.

import { html, nothing, type TemplateResult } from "lit-html";
import { known, methodOf } from "../known";
import { optionsOf } from "../parts/field";
import { redraw } from "../parts/draw";
import { advice, refusalNote, working } from "../parts/notes";
import { value } from "../parts/words";
import type { Explanation } from "../service/types";
import { cellAt, cellBeside, valueAt, type Cell, type RawMap } from "./raw_map";
import type { ExplainState, Panel } from "./state";

export interface PanelActions {
  choose: (method: string) => void;
  select: () => void;
  remove: () => void;
  again: () => void;
}

const CAPTIONS: Readonly<Record<string, string>> = {
  positive: "What speaks for",
  negative: "What speaks against",
  both: "What speaks for and against",
};

/** What the map shows, in words. */
export function captionOf(answer: Explanation | null): string {
  if (!answer) return "What the model looks at";
  const versus = answer.versus ? ` rather than “${answer.versus.label}”` : "";
  const caption =
    CAPTIONS[String(answer.parameters["polarity"])] ?? "What the model looks at for";
  return `${caption} “${answer.target.label}”${versus}`;
}

export const panelView = (
  state: ExplainState,
  panel: Panel,
  place: number,
  actions: PanelActions,
): TemplateResult => {
  const { answer, asking, askedAt } = panel;
  const isOne = state.panels.length === 1;
  const isSelected = place === state.selected && !isOne;
  const title = methodOf(panel.method)?.title ?? panel.method;
  return html`<figure
    class="panel ${isSelected ? "is-selected" : ""}"
    @pointerdown=${actions.select}
    @focusin=${actions.select}
  >
    <div class="panel-head">
      <label class="unseen" for="method-${place}">Method${isOne ? "" : ` ${place + 1}`}</label>
      <select
        id="method-${place}"
        @change=${(event: Event) => actions.choose((event.target as HTMLSelectElement).value)}
      >
        ${optionsOf(methodChoices(state.model), panel.method)}
      </select>
      ${
        isOne
          ? nothing
          : html`<button class="icon" type="button" aria-label="Remove ${title}" @click=${actions.remove}>
            ✕
          </button>`
      }
    </div>
    <div
      class="frame explained"
      role="img"
      tabindex=${panel.map ? 0 : nothing}
      aria-label="${title}: ${captionOf(answer)}, as colours over the picture. Arrow keys read its values."
      aria-busy=${String(asking !== null)}
      @pointermove=${(event: PointerEvent) => point(panel, event)}
      @pointerdown=${(event: PointerEvent) => point(panel, event)}
      @pointerleave=${() => pointAt(panel, null)}
      @keydown=${(event: KeyboardEvent) => step(panel, event)}
      @blur=${() => pointAt(panel, null)}
    >
      ${
        state.picture
          ? html`<img src=${state.picture.address} alt="" @error=${hide} @load=${show} />`
          : nothing
      }
      ${
        answer?.overlay && !panel.refusal
          ? html`<img
            class="colours ${asking ? "is-old" : ""}"
            src="data:image/png;base64,${answer.overlay}"
            alt=""
            .style=${`opacity:${state.opacity}`}
          />`
          : nothing
      }
      ${panel.cell && panel.map && answer ? marker(panel.cell, panel.map, answer.image) : nothing}
      ${asking ? working(`${title} …`, (performance.now() - askedAt) / 1000) : nothing}
    </div>
    <figcaption title=${captionOf(answer)}>${captionOf(answer)}</figcaption>
    <p class="readout" aria-live="polite">${readout(panel)}</p>
    ${refusalNote(panel.refusal, actions.again)}
    ${(answer?.warnings ?? []).map(({ detail }) => advice("This map explains nothing", detail))}
  </figure>`;
};

function methodChoices(model: string) {
  const unsupported = known.details.get(model)?.unsupported ?? {};
  return known.methods.map(({ name, title }) => ({
    value: name,
    text: name in unsupported ? `${title} (not for this model)` : title,
    isOff: name in unsupported,
  }));
}

function readout({ cell, map, answer }: Panel): string {
  if (!map || !answer) return "\u00a0";
  if (!cell) {
    const { min, max } = answer.range;
    return `${map.columns} × ${map.rows} values, ${value(min ?? Number.NaN)} to ${value(max ?? Number.NaN)}`;
  }
  const here = valueAt(map, cell);
  const part =
    map.largest > 0 ? ` · ${Math.round((here / map.largest) * 100)} % of the largest` : "";
  return `${value(here)}${part} · row ${cell.row + 1}, column ${cell.column + 1}`;
}

/** Where the picture lies within its square frame, whose sides are 1. */
function pictureBox({ width, height }: { width: number; height: number }) {
  const longest = Math.max(width, height);
  const [across, down] = [width / longest, height / longest];
  return { left: (1 - across) / 2, top: (1 - down) / 2, across, down };
}

function marker(
  { row, column }: Cell,
  map: RawMap,
  image: Explanation["image"],
): TemplateResult {
  const { left, top, across, down } = pictureBox(image);
  const [width, height] = [across / map.columns, down / map.rows];
  const part = (share: number) => `${share * 100}%`;
  return html`<span
    class="marker"
    .style=${`left:${part(left + column * width)};top:${part(top + row * height)};width:${part(width)};height:${part(height)}`}
  ></span>`;
}

function point(panel: Panel, event: PointerEvent): void {
  if (!panel.map || !panel.answer) return;
  const frame = (event.currentTarget as HTMLElement).getBoundingClientRect();
  const { left, top, across, down } = pictureBox(panel.answer.image);
  const right = ((event.clientX - frame.left) / frame.width - left) / across;
  const below = ((event.clientY - frame.top) / frame.height - top) / down;
  pointAt(panel, cellAt(panel.map, right, below));
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

function step(panel: Panel, event: KeyboardEvent): void {
  const way = STEPS[event.key];
  if (!way || !panel.map) return;
  event.preventDefault();
  const { rows, columns } = panel.map;
  const middle = { row: Math.floor(rows / 2), column: Math.floor(columns / 2) };
  pointAt(panel, panel.cell ? cellBeside(panel.map, panel.cell, ...way) : middle);
}

function pointAt(panel: Panel, cell: Cell | null): void {
  if (panel.cell?.row === cell?.row && panel.cell?.column === cell?.column) return;
  panel.cell = cell;
  redraw();
}

// A picture that only the service can read, as TIFF, has its answer all the same.
const hide = (event: Event) => ((event.target as HTMLElement).hidden = true);
const show = (event: Event) => ((event.target as HTMLElement).hidden = false);
