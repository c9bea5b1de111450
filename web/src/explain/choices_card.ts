// What to explain, and how: the choices that all maps share, and the selected method's own.

import { html, nothing, type TemplateResult } from "lit-html";
import { known, methodOf, modelOf } from "../known";
import { inputField, selectField, type Choice } from "../parts/field";
import { propertiesOf, schemaForm } from "../parts/schema_form";
import { count } from "../parts/words";
import { selectedPanel, type ExplainState } from "./state";

export type Shared = "model" | "target" | "versus" | "layer" | "polarity" | "colormap" | "seed";

export interface ChoiceActions {
  change: (name: Shared, value: string) => void;
  changeParameter: (name: string, value: string) => void;
}

const COLORMAPS = [
  "jet",
  "turbo",
  "viridis",
  "inferno",
  "magma",
  "plasma",
  "cividis",
  "hot",
  "gray", // prettier-ignore
  "coolwarm",
  "RdBu_r",
  "seismic",
  "bwr", // prettier-ignore
] as const;

const POLARITIES: readonly Choice[] = [
  { value: "", text: "automatic" },
  { value: "positive", text: "for the class" },
  { value: "negative", text: "against it" },
  { value: "both", text: "both" },
];

export function choicesCard(state: ExplainState, actions: ChoiceActions): TemplateResult {
  const method = methodOf(selectedPanel(state).method);
  const field = (name: Shared, label: string, choices: readonly Choice[], hint?: string) =>
    selectField({
      id: name,
      label,
      value: state[name],
      choices,
      change: (value) => actions.change(name, value),
      ...(hint === undefined ? {} : { hint }),
    });
  return html`<form
    class="card choices"
    aria-label="What to explain, and how"
    @submit=${(event: Event) => event.preventDefault()}
  >
    ${field("model", "Model", modelChoices(), modelHint(state.model))}
    ${field("target", "Class to explain", [
      { value: "", text: "the most probable" },
      ...classChoices(state.model),
    ])}
    ${field("versus", "Rather than", [
      { value: "", text: "nothing in particular" },
      ...classChoices(state.model).map((choice) => ({
        ...choice,
        isOff: choice.value === state.target,
      })),
    ])}
    <div class="pair">
      ${field("polarity", "Evidence", POLARITIES)}
      ${field("colormap", "Colours", [
        { value: "", text: "automatic" },
        ...COLORMAPS.map((name) => ({ value: name, text: name })),
      ])}
    </div>
    ${selectField({
      id: "layer",
      label: "Layer",
      value: method?.uses_layer ? state.layer : "",
      choices: layerChoices(state.model, method?.uses_layer ?? false),
      isOff: !method?.uses_layer,
      change: (value) => actions.change("layer", value),
    })}
    ${ownSettings(state, actions)}
  </form>`;
}

function ownSettings(state: ExplainState, actions: ChoiceActions) {
  const panel = selectedPanel(state);
  const method = methodOf(panel.method);
  if (!method) return nothing;
  const properties = propertiesOf(method.parameters);
  const hasSettings = Object.keys(properties).length > 0 || method.uses_seed;
  return html`<div class="method-about">
      <h2>${method.title}</h2>
      <p class="hint">${method.summary}</p>
      <p class="hint">Costs ${method.cost}.</p>
    </div>
    ${
      hasSettings
        ? html`<details class="own" ?open=${Object.keys(panel.parameters).length > 0}>
          <summary>Settings of ${method.title}</summary>
          ${schemaForm(properties, panel.parameters, actions.changeParameter, "own")}
          ${
            method.uses_seed
              ? inputField({
                  id: "seed",
                  label: "Seed",
                  type: "number",
                  value: state.seed,
                  placeholder: "0",
                  min: 0,
                  step: "1",
                  hint: "Of everything random: the same seed, the same map.",
                  change: (value) => actions.change("seed", value),
                })
              : nothing
          }
        </details>`
        : nothing
    }`;
}

const modelChoices = (): Choice[] =>
  known.models.map(({ name, ready }) => ({
    value: name,
    text: ready ? name : `${name} (away)`,
  }));

function modelHint(name: string): string {
  const model = modelOf(name);
  if (!model) return "\u00a0";
  const [height, width] = model.input_shape;
  return model.ready
    ? `${count(model.classes.length)} classes, ${width} × ${height} pixels`
    : "not hosted by any worker at the moment";
}

const classChoices = (model: string): Choice[] =>
  (modelOf(model)?.classes ?? []).map((label, index) => ({
    value: String(index),
    text: label,
  }));

function layerChoices(model: string, isUsed: boolean): Choice[] {
  if (!isUsed) return [{ value: "", text: "this method looks at none" }];
  const usual = known.details.get(model)?.default_layer;
  const layers = (known.layers.get(model) ?? []).filter(({ explainable }) => explainable);
  return [
    { value: "", text: usual ? `the last map (${usual})` : "the last map" },
    ...layers
      .map(({ name, output_shape: shape }) => ({
        value: name,
        text: `${name} · ${shape.slice(0, 2).join(" × ")}`,
      }))
      .reverse(),
  ];
}
