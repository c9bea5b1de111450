// The Features view: pictures of what a network's units look for, ordered and watched.

import { html, nothing, type TemplateResult } from "lit-html";
import { listJobs, submitJob } from "../jobs/asking";
import { Followed } from "../jobs/following";
import { jobCard } from "../jobs/job_card";
import { firstModel, known, learnModel, modelOf } from "../known";
import { redraw } from "../parts/draw";
import { selectField } from "../parts/field";
import { refusalNote } from "../parts/notes";
import { hashOf, rewriteAddress } from "../parts/place";
import { propertiesOf, schemaForm, type Properties } from "../parts/schema_form";
import { ask, refusalFrom } from "../service/ask";
import type { Refusal } from "../service/refusal";
import type { Job } from "../service/types";
import type { View } from "../view";
import { earlierCard } from "./earlier_card";
import { moreSteps } from "./more_steps";
import { parametersOf } from "./parameters";

const KIND = "activation-maximization";

/** What a person decides first, in this order; the rest is behind a fold. */
const FIRST = ["channels", "classes", "negative", "parametrization", "steps", "size"] as const;

/** Which of the choices an objective asks for. */
const ASKS: Readonly<Record<string, readonly string[]>> = {
  channel: ["layer", "channels"],
  neuron: ["layer", "channels", "row", "column"],
  layer: ["layer"],
  logit: ["classes"],
};

const OBJECTIVES = [
  { value: "channel", text: "Channels of a layer" },
  { value: "neuron", text: "Channels at one place" },
  { value: "layer", text: "A whole layer (DeepDream)" },
  { value: "logit", text: "Classes" },
] as const;

interface FeaturesState {
  followed: Followed | null;
  model: string;
  /** As written; what is left out has its default. */
  written: Record<string, string>;
  properties: Properties | null;
  earlier: readonly Job[];
  refusal: Refusal | null;
  isSubmitting: boolean;
}

const state: FeaturesState = {
  followed: null,
  model: "",
  written: { objective: "channel" },
  properties: null,
  earlier: [],
  refusal: null,
  isSubmitting: false,
};

let isShown = false;

function enter(path: readonly string[], query: URLSearchParams): void {
  isShown = true;
  const [id] = path;
  if (id !== state.followed?.id) {
    state.followed?.letGo();
    state.followed = id ? new Followed(id) : null;
  }
  if (query.size > 0) {
    const { model, ...written } = Object.fromEntries(query);
    Object.assign(state, { model: model ?? "", written: { objective: "channel", ...written } });
  }
  beginFeatures();
}

function leave(): void {
  isShown = false;
  state.followed?.letGo();
  state.followed = null;
}

/** Fill in what the service decides, once it is known. */
export function beginFeatures(): void {
  if (!isShown || !known.isReady) return;
  if (!modelOf(state.model)) state.model = firstModel();
  learnModel(state.model).catch(() => setTimeout(beginFeatures, 2000));
  void learnProperties();
  void lookBack();
}

interface OpenApi {
  components: { schemas: Record<string, unknown> };
}

/** The parameters as the service describes them: ranges and defaults have their home there. */
async function learnProperties(): Promise<void> {
  if (state.properties) return;
  try {
    const { body } = await ask<OpenApi>("openapi.json");
    state.properties = propertiesOf(
      body.components.schemas["ActivationMaximizationParameters"],
    );
  } catch (error) {
    state.refusal = refusalFrom(error);
  }
  redraw();
}

async function lookBack(): Promise<void> {
  try {
    state.earlier = (await listJobs({ kind: KIND, limit: "12" })).jobs;
  } catch (error) {
    state.refusal = refusalFrom(error);
  }
  redraw();
}

function submit(event: Event): void {
  event.preventDefault();
  void order(() => submitJob(KIND, state.model, parametersOf(asked(), state.properties ?? {})));
}

/** Order pictures, and go where they are followed. */
async function order(submitted: () => Promise<Job>): Promise<void> {
  Object.assign(state, { isSubmitting: true, refusal: null });
  redraw();
  try {
    const job = await submitted();
    location.hash = hashOf("features", [job.id]);
  } catch (error) {
    state.refusal = refusalFrom(error);
  }
  state.isSubmitting = false;
  redraw();
}

/** What was written and matters for the objective. */
function asked(): Record<string, string> {
  const matters = new Set(ASKS[objective()]);
  const others = new Set(Object.values(ASKS).flat());
  return Object.fromEntries(
    Object.entries(state.written).filter(([name]) => matters.has(name) || !others.has(name)),
  );
}

const objective = (): string => state.written["objective"] ?? "channel";

function write(name: string, value: string): void {
  if (value === "") delete state.written[name];
  else state.written[name] = value;
  if (!state.followed) {
    const query = new URLSearchParams({ model: state.model, ...state.written });
    rewriteAddress(hashOf("features", [], query));
  }
  redraw();
}

const template = (): TemplateResult =>
  html`<div class="features ${state.followed ? "is-watching" : ""}">
    <form class="card choices" aria-label="What to make pictures of" @submit=${submit}>
      <h2>What does a unit look for?</h2>
      <p class="quiet">
        A picture is changed, step by step, until a unit of the network answers to it as strongly as
        it can.
      </p>
      ${choices()} ${refusalNote(state.refusal, beginFeatures)}
      <button id="start" type="submit" ?disabled=${state.isSubmitting || !state.properties}>
        Make the pictures
      </button>
    </form>
    <div class="watching">
      ${state.followed ? jobCard(state.followed) : teaching()} ${moreStepsOf(state.followed?.job ?? null)} ${earlierCard(state.earlier, state.followed?.id)}
    </div>
  </div>`;

function choices(): TemplateResult {
  const layers = (known.layers.get(state.model) ?? []).filter(
    ({ output_shape: sides }) => sides.length === 3,
  );
  const usual = known.details.get(state.model)?.default_layer ?? "";
  const asks = ASKS[objective()] ?? [];
  return html`${selectField({
    id: "model",
    label: "Model",
    value: state.model,
    choices: known.models.map(({ name }) => ({ value: name, text: name })),
    change: (model) => {
      Object.assign(state, { model, written: { objective: objective() } });
      beginFeatures();
      redraw();
    },
  })}
  ${selectField({
    id: "objective",
    label: "Pictures of",
    value: objective(),
    choices: OBJECTIVES,
    change: (value) => write("objective", value),
  })}
  ${
    asks.includes("layer")
      ? selectField({
          id: "layer",
          label: "Layer",
          value: state.written["layer"] ?? "",
          choices: [
            { value: "", text: usual ? `the last map (${usual})` : "the last map" },
            ...layers
              .map(({ name, output_shape: sides }) => ({
                value: name,
                text: `${name} · ${sides.at(-1)} channels`,
              }))
              .reverse(),
          ],
          change: (value) => write("layer", value),
        })
      : nothing
  }
  ${form(FIRST.filter((name) => isAsked(name, asks)))}
  <details class="own">
    <summary>All settings</summary>
    ${form(others(asks))}
  </details>`;
}

/** Whether a parameter matters for the objective. */
const isAsked = (name: string, asks: readonly string[]): boolean =>
  asks.includes(name) || !Object.values(ASKS).flat().includes(name);

function others(asks: readonly string[]): string[] {
  const shown = new Set<string>([...FIRST, "objective", "layer"]);
  return Object.keys(state.properties ?? {}).filter(
    (name) => !shown.has(name) && isAsked(name, asks),
  );
}

const form = (names: readonly string[]): TemplateResult[] => {
  const chosen = names.flatMap((name) => {
    const property = state.properties?.[name];
    return property ? [[name, property] as const] : [];
  });
  return schemaForm(Object.fromEntries(chosen), state.written, write, "feature");
};

function moreStepsOf(job: Job | null) {
  if (job?.status !== "succeeded" || job.kind !== KIND) return nothing;
  return moreSteps(job, {
    most: state.properties?.["steps"]?.maximum ?? 0,
    isOff: state.isSubmitting,
    begin: (steps) => void order(() => submitJob(KIND, job.model, { ...job.params, steps })),
  });
}

const teaching = (): TemplateResult =>
  html`<section class="card teaching">
    <p>
      The pictures emerge here while they are made. Start with the channels of a late layer, or with
      the classes: what would be the most cat-like picture of all?
    </p>
  </section>`;

export const featuresView: View = { title: "Features", enter, leave, template };
