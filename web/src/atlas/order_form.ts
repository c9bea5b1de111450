// The form by which an atlas is ordered.

import { html, nothing, type TemplateResult } from "lit-html";
import { known, modelOf } from "../known";
import { selectField, type Choice } from "../parts/field";
import { refusalNote } from "../parts/notes";
import { schemaForm } from "../parts/schema_form";
import { count } from "../parts/words";
import { askCost, chooseModel, order, start, write, type Estimate } from "./order";

const QUALITIES: readonly Choice[] = [
  { value: "draft", text: "draft: 2,000 images, one grid" },
  { value: "standard", text: "standard: 20,000 images, three grids" },
  { value: "published", text: "published: 1,000,000 images, four grids; for GPUs" },
];

/** What has a control of its own, or is no choice here. */
const ELSEWHERE = new Set(["dataset", "quality", "layer", "class_filter", "versus", "dry_run"]);

export const orderForm = (): TemplateResult =>
  html`<form class="card choices" aria-labelledby="order-title" @submit=${submit}>
    <h2 id="order-title">Make an atlas</h2>
    <p class="quiet">
      What a layer sees in your images: places of many images, laid out so that what is alike to the
      model lies together, each cell drawn as what it looks for.
    </p>
    ${order.datasets?.length === 0 ? withoutDataset() : choices()}
    ${refusalNote(order.refusal, () => void askCost())}
  </form>`;

function submit(event: Event): void {
  event.preventDefault();
  void start();
}

const withoutDataset = (): TemplateResult =>
  html`<p>It is made of the images of a dataset, and there is none yet.</p>
    <p><a class="button" href="#/datasets">Add a dataset</a></p>`;

function choices(): TemplateResult {
  const { written, datasets, properties } = order;
  const isOff = order.isAsking || !properties || !written["dataset"];
  const field = (id: string, label: string, options: readonly Choice[]) =>
    selectField({
      id: `order-${id}`,
      label,
      value: written[id] ?? "",
      choices: options,
      change: (value) => write(id, value),
    });
  return html`${field(
    "dataset",
    "Dataset",
    (datasets ?? []).map(({ id, name, images }) => ({
      value: id,
      text: `${name} · ${count(images)} images`,
    })),
  )}
  ${selectField({
    id: "order-model",
    label: "Model",
    value: order.model,
    choices: known.models.map(({ name }) => ({ value: name, text: name })),
    change: chooseModel,
  })}
  ${field("quality", "Quality", QUALITIES)} ${field("layer", "Layer", layers())}
  ${field("class_filter", "Activations", [
    { value: "", text: "all of them" },
    ...classes("").map(({ value, text }) => ({ value, text: `that speak for “${text}”` })),
  ])}
  ${
    written["class_filter"]
      ? field("versus", "Compared with", [
          { value: "", text: "nothing" },
          ...classes(written["class_filter"]),
        ])
      : nothing
  }
  <details class="own">
    <summary>All settings</summary>
    ${schemaForm(
      Object.fromEntries(
        Object.entries(properties ?? {}).filter(([name]) => !ELSEWHERE.has(name)),
      ),
      written,
      write,
      "order",
    )}
  </details>
  <div id="cost" role="status">${order.estimate ? cost(order.estimate) : nothing}</div>
  <div class="buttons">
    <button id="start" type="submit" ?disabled=${isOff}>Make the atlas</button>
    <button class="plain" id="ask-cost" type="button" ?disabled=${isOff} @click=${() => void askCost()}>
      What will it cost?
    </button>
  </div>`;
}

function layers(): Choice[] {
  const usual = known.details.get(order.model)?.default_layer ?? "";
  const maps = (known.layers.get(order.model) ?? []).filter(
    ({ output_shape: sides }) => sides.length === 3,
  );
  return [
    { value: "", text: usual ? `the last map (${usual})` : "the last map" },
    ...maps
      .map(({ name, output_shape: sides }) => ({
        value: name,
        text: `${name} · ${sides.join(" × ")}`,
      }))
      .reverse(),
  ];
}

const classes = (left: string): Choice[] =>
  (modelOf(order.model)?.classes ?? [])
    .map((text, index) => ({ value: String(index), text }))
    .filter(({ value }) => value !== left);

const cost = ({ images, activations, cells, icon_steps: steps }: Estimate): TemplateResult =>
  html`<dl class="facts">
    <dt>Images</dt>
    <dd>${count(images)}</dd>
    <dt>Activations</dt>
    <dd>${count(activations)}</dd>
    <dt>Cells</dt>
    <dd>at most ${count(cells)}</dd>
    <dt>Icon steps</dt>
    <dd>at most ${count(steps)}, a pass forward and back each</dd>
  </dl>`;
