// The Model view: its layers, and of one of them the filters and the maps of the picture.

import { html, nothing, type TemplateResult } from "lit-html";
import { explainHash, onPicture, state as explained } from "../explain/view";
import { firstModel, known, learnModel, modelOf } from "../known";
import { redraw } from "../parts/draw";
import { inputField, selectField } from "../parts/field";
import { hashOf, rewriteAddress } from "../parts/place";
import { count, shape } from "../parts/words";
import type { Layer } from "../service/types";
import type { View } from "../view";
import { filtersCard, mapsCard } from "./cards";
import { channelsOf, pagesOf, PAGE_CHANNELS } from "./channels";
import { Insight } from "./insight";
import { UnitPage } from "./unit_page";
import { unitAddress } from "./unit_address";
import { unitView } from "./unit_view";

interface ModelState {
  model: string;
  layer: string;
  /** Which page of the layer's channels. */
  page: number;
  /** One channel alone, or null for the layer. */
  unit: number | null;
  unitPage: UnitPage | null;
  search: string;
  insight: Insight | null;
}

const state: ModelState = {
  model: "",
  layer: "",
  page: 0,
  unit: null,
  unitPage: null,
  search: "",
  insight: null,
};

let isShown = false;

function enter(path: readonly string[], query: URLSearchParams): void {
  isShown = true;
  const [model = "", ...layer] = path;
  if (model) Object.assign(state, { model, layer: layer.join("/") });
  state.page = Number(query.get("page") ?? 0) || 0;
  const unit = query.get("unit");
  state.unit = unit !== null && /^\d+$/.test(unit) ? Number(unit) : null;
  beginModel();
}

/** Fill in what the service decides, once it is known. */
export function beginModel(): void {
  if (!isShown || !known.isReady) return;
  if (!modelOf(state.model)) Object.assign(state, { model: firstModel(), layer: "" });
  learnModel(state.model)
    .then(look)
    .catch(() => setTimeout(beginModel, 2000));
}

/** Look at the layer that is chosen, if it is another one or the picture is. */
function look(): void {
  const layer = chosenLayer();
  if (!isShown || !layer) return;
  state.layer = layer.name;
  const unit = unitOf(layer);
  rewriteAddress(
    unit === null ? addressOf(layer.name) : unitAddress(state.model, layer.name, unit),
  );
  lookAtUnit(layer, unit);
  const wanted = {
    model: state.model,
    layer,
    channels: unit === null ? channelsOf(layer, state.page) : String(unit),
    picture: explained.picture,
  };
  if (!state.insight?.isOf(wanted)) {
    state.insight?.letGo();
    state.insight = new Insight(wanted);
  }
  redraw();
}

/** The channel that the address names, if the layer has it. */
function unitOf({ output_shape: sides }: Layer): number | null {
  const isThere = state.unit !== null && sides.length === 3 && state.unit < (sides.at(-1) ?? 0);
  return isThere ? state.unit : null;
}

function lookAtUnit(layer: Layer, channel: number | null): void {
  const unit = channel === null ? null : { model: state.model, layer: layer.name, channel };
  if (unit && state.unitPage?.isOf(unit)) return;
  if (unit) state.unitPage = new UnitPage(unit, state.unitPage);
  else letUnitGo();
}

function letUnitGo(): void {
  state.unitPage?.letGo();
  state.unitPage = null;
}

function chosenLayer(): Layer | undefined {
  const layers = known.layers.get(state.model) ?? [];
  const usual = known.details.get(state.model)?.default_layer;
  return (
    layers.find(({ name }) => name === state.layer) ??
    layers.find(({ name }) => name === usual) ??
    layers[0]
  );
}

const addressOf = (layer: string, page = state.page): string =>
  hashOf(
    "model",
    [state.model, ...layer.split("/")],
    new URLSearchParams(page ? { page: String(page) } : {}),
  );

const template = (): TemplateResult => {
  const layers = known.layers.get(state.model) ?? [];
  const layer = chosenLayer();
  return html`<div class="model">
    <section class="card layers" aria-labelledby="layers-title">
      <h2 id="layers-title">Layers</h2>
      ${selectField({
        id: "model",
        label: "Model",
        value: state.model,
        choices: known.models.map(({ name }) => ({ value: name, text: name })),
        change: (model) => {
          location.hash = hashOf("model", [model]);
        },
        hint: modelHint(layers),
      })}
      ${inputField({
        id: "search",
        label: "Find a layer",
        type: "search",
        value: state.search,
        placeholder: "conv, relu, …",
        change: (search) => {
          state.search = search;
          redraw();
        },
      })}
      <nav class="layer-list" aria-label="Layers of ${state.model}" tabindex="-1">
        <ol>
          ${found(layers).map((each) => layerLink(each, each === layer))}
        </ol>
      </nav>
    </section>
    <div class="insight">
      ${layer && state.insight ? insightOf(layer, state.insight) : nothing}
    </div>
  </div>`;
};

function modelHint(layers: readonly Layer[]): string {
  const parameters = modelOf(state.model)?.parameters ?? 0;
  return `${layers.length} layers, ${count(parameters)} parameters`;
}

function found(layers: readonly Layer[]): readonly Layer[] {
  const word = state.search.trim().toLowerCase();
  return layers.filter(({ name, type }) => `${name} ${type}`.toLowerCase().includes(word));
}

const layerLink = ({ name, type, output_shape: sides }: Layer, isChosen: boolean) =>
  html`<li>
    <a href=${addressOf(name, 0)} aria-current=${isChosen ? "true" : nothing}>
      <span class="layer-name">${name}</span>
      <span class="quiet">${type}</span>
      <span class="quiet sides">${shape(sides)}</span>
    </a>
  </li>`;

const insightOf = (layer: Layer, seen: Insight): TemplateResult =>
  state.unitPage
    ? unitView(layer, seen, state.unitPage, addressOf(layer.name, 0))
    : insight(layer, seen);

const insight = (layer: Layer, seen: Insight): TemplateResult =>
  html`<section class="card" aria-labelledby="layer-title">
      <h2 id="layer-title" class="layer-title">${layer.name}</h2>
      <dl class="facts">
        <dt>Type</dt>
        <dd>${layer.type}</dd>
        <dt>Output</dt>
        <dd>${shape(layer.output_shape)}</dd>
        <dt>Parameters</dt>
        <dd>${count(layer.parameters)}</dd>
        ${
          layer.kernel_shape.length > 0
            ? html`<dt>Filters</dt>
              <dd>${shape(layer.kernel_shape)}</dd>`
            : nothing
        }
      </dl>
      ${
        layer.output_shape.length === 3
          ? html`<p class="links">
            <a href=${lookingFor(layer)}>What its channels look for</a>
            ${
              layer.explainable
                ? html`<a href=${explainingAt(layer)}>Explain at this layer</a>`
                : nothing
            }
          </p>`
          : nothing
      }
      ${paging(layer)}
    </section>
    ${mapsCard(layer, seen)} ${filtersCard(layer, seen)}`;

const lookingFor = (layer: Layer): string =>
  hashOf(
    "features",
    [],
    new URLSearchParams({
      model: state.model,
      objective: "channel",
      layer: layer.name,
      channels: channelsOf(layer, state.page, 8) || "random:9",
    }),
  );

function explainingAt(layer: Layer): string {
  const [path = "", query = ""] = explainHash().split("?", 2);
  const changed = new URLSearchParams(query);
  changed.set("layer", layer.name);
  changed.set("model", state.model);
  return `${path}?${changed}`;
}

function paging(layer: Layer) {
  const pages = pagesOf(layer);
  if (pages < 2) return nothing;
  return html`<nav class="buttons paging" aria-label="Channels">
    ${Array.from({ length: pages }, (_, page) => {
      const first = page * PAGE_CHANNELS;
      return html`<a
        class="button plain"
        href=${addressOf(layer.name, page)}
        aria-current=${page === state.page ? "true" : nothing}
        >${first}–${Math.min(first + PAGE_CHANNELS, layer.output_shape.at(-1) ?? 0) - 1}</a
      >`;
    })}
  </nav>`;
}

onPicture(look);

export const modelView: View = {
  title: "Model",
  enter,
  leave: () => {
    isShown = false;
    letUnitGo();
  },
  template,
};
