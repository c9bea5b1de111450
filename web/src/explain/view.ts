// The Explain view: the state, what changes it, and the parts that show it.

import { html, nothing, type TemplateResult } from "lit-html";
import { firstModel, known, learnModel, modelOf } from "../known";
import { holdDrawing, redraw } from "../parts/draw";
import { later } from "../parts/later";
import { hashOf, rewriteAddress } from "../parts/place";
import { milliseconds, percent } from "../parts/words";
import { save } from "../parts/copy";
import { refusalFrom } from "../service/ask";
import type { View } from "../view";
import { OWN_PICTURE, queryOfState, readQuery } from "./address";
import { overlayFile, retry, update } from "./asking";
import { choicesCard } from "./choices_card";
import { evidenceCard } from "./evidence_card";
import type { PanelActions } from "./panel_view";
import { keepPicture, keptPicture, ownPicture, samplePicture, type Picture } from "./picture";
import { predictionBars } from "./predictions";
import { npyFile } from "./raw_map";
import { stage } from "./stage";
import { FIRST_METHOD, firstState, newPanel, selectedPanel, type Panel } from "./state";
import { takeCard } from "./take_card";

export const state = firstState();

/** The address of the view as it stands. */
export const explainHash = (): string => hashOf("explain", [], queryOfState(state));

/** The service's own default of `top_k`. */
const MOST_PREDICTIONS = 5;

let isShown = false;

/** Told when there is another picture. */
const whenPictured: (() => void)[] = [];

/** Have another view told of every new picture. */
export function onPicture(told: () => void): void {
  whenPictured.push(told);
}

/** Ask, draw and write the address after any change. */
function changed(): void {
  update(state);
  redraw();
  writeAddress();
}

function writeAddress(): void {
  if (isShown) rewriteAddress(explainHash());
}

/** Take a person's own picture. */
export async function take(file: File | undefined): Promise<void> {
  if (!file) return;
  const picture = ownPicture(file);
  setPicture(picture);
  // Its explanation is asked for and drawn first.
  await later();
  if (picture !== state.picture) return;
  await keepPicture(picture);
  redraw();
}

export async function takeSample(name: string, keepsTarget = false): Promise<void> {
  state.isPictureComing = true;
  redraw();
  try {
    const picture = await samplePicture(name);
    state.isPictureComing = false;
    if (picture) setPicture(picture, keepsTarget);
  } catch (error) {
    state.isPictureComing = false;
    state.pictureRefusal = refusalFrom(error);
  }
  redraw();
}

/** Whether something that could be dropped is held over the page. */
export function drag(isDragging: boolean): void {
  if (state.isDragging === isDragging) return;
  state.isDragging = isDragging;
  redraw();
}

function setPicture(picture: Picture, keepsTarget = state.isPictureMissing): void {
  if (state.picture) URL.revokeObjectURL(state.picture.address);
  Object.assign(state, { picture, isPictureMissing: false, pictureRefusal: null });
  if (!keepsTarget) Object.assign(state, { target: "", versus: "" });
  for (const panel of state.panels) forget(panel);
  holdDrawing();
  update(state);
  // A new address makes the browser look for the page's icon again, among other work: it can wait.
  void later().then(writeAddress);
  for (const tell of whenPictured) tell();
}

/** Drop what belongs to another picture, model or method. */
function forget(panel: Panel): void {
  const nothing = { answer: null, map: null, evidence: null, refusal: null, cell: null };
  Object.assign(panel, { ...nothing, asked: "", measured: "", times: [] });
}

/** Read the address; one that says nothing leaves the view as it was. */
async function enter(_path: readonly string[], query: URLSearchParams): Promise<void> {
  isShown = true;
  if (query.size > 0) {
    readQuery(query, state);
    await findPicture(query.get("picture"));
  }
  begin();
  changed();
}

async function findPicture(named: string | null): Promise<void> {
  if (named === null || named === (state.picture?.sample ?? (state.picture && OWN_PICTURE)))
    return;
  if (named !== OWN_PICTURE) {
    await takeSample(named, true);
    return;
  }
  const kept = keptPicture();
  if (kept) setPicture(kept, true);
  else state.isPictureMissing = true;
}

/** Fill in what the service decides, once it is known. */
export function begin(): void {
  if (!known.isReady) return;
  if (!modelOf(state.model)) state.model = firstModel();
  const classes = modelOf(state.model)?.classes ?? [];
  for (const name of ["target", "versus"] as const) {
    const index = classes.indexOf(state[name]);
    if (index >= 0) state[name] = String(index);
  }
  learnModel(state.model).catch(() => setTimeout(begin, 2000));
  update(state);
}

function change(name: keyof typeof state, value: string): void {
  Object.assign(state, { [name]: value });
  if (name === "model") {
    Object.assign(state, { target: "", versus: "", layer: "" });
    begin();
  }
  if (name === "target" && state.versus === value) state.versus = "";
  changed();
}

const actionsOf = (place: number): PanelActions => ({
  choose: (method) => {
    const old = state.panels[place];
    old?.asking?.abort();
    old?.measuring?.abort();
    const panel = newPanel(method);
    // The old map stays, dimmed, until the new one is there: nothing jumps.
    if (old) Object.assign(panel, { answer: old.answer });
    state.panels[place] = panel;
    changed();
  },
  select: () => {
    if (state.selected === place) return;
    state.selected = place;
    changed();
  },
  remove: () => {
    state.panels[place]?.asking?.abort();
    state.panels.splice(place, 1);
    state.selected = Math.min(state.selected, state.panels.length - 1);
    changed();
  },
  again: () => retry(state),
});

/** A method that is not shown yet, preferably one that works otherwise. */
function addPanel(): void {
  const shown = new Set(state.panels.map(({ method }) => method));
  const unsupported = known.details.get(state.model)?.unsupported ?? {};
  const wanted = ["saliency", "integrated-gradients", "occlusion", "layercam"];
  const others = [...wanted, ...known.methods.map(({ name }) => name)];
  const method = others.find((name) => !shown.has(name) && !(name in unsupported));
  state.panels.push(newPanel(method ?? FIRST_METHOD));
  state.selected = state.panels.length - 1;
  changed();
}

async function savePicture(): Promise<void> {
  const panel = selectedPanel(state);
  if (!state.picture) return;
  try {
    save(await overlayFile(state, panel, state.picture), `${fileStem(panel)}.png`);
  } catch (error) {
    panel.refusal = refusalFrom(error);
    redraw();
  }
}

const fileStem = ({ method, answer }: Panel): string =>
  `${method}_${answer?.target.label ?? ""}`;

const takeActions = {
  picture: () => void savePicture(),
  numbers: () => {
    const panel = selectedPanel(state);
    if (panel.answer?.raw) save(npyFile(panel.answer.raw), `${fileStem(panel)}.npy`);
  },
  answer: () => {
    const panel = selectedPanel(state);
    const text = JSON.stringify({ ...panel.answer, evidence: panel.evidence }, null, 1);
    save(new Blob([text], { type: "application/json" }), `${fileStem(panel)}.json`);
  },
  language: (language: typeof state.language) => {
    state.language = language;
    redraw();
  },
};

const stageActions = {
  take: (file: File | undefined) => void take(file),
  takeSample: (name: string) => void takeSample(name),
  setOpacity: (opacity: number) => {
    state.opacity = opacity;
    changed();
  },
  addPanel,
  ofPanel: actionsOf,
};

const choiceActions = {
  change,
  changeParameter: (name: string, value: string) => {
    const { parameters } = selectedPanel(state);
    if (value === "") delete parameters[name];
    else parameters[name] = value;
    changed();
  },
};

function template(): TemplateResult {
  // What is not known yet would move everything when it comes.
  if (!known.isReady && !known.refusal) return html``;
  const panel = selectedPanel(state);
  const { answer, times } = panel;
  const places = Math.min(
    MOST_PREDICTIONS,
    modelOf(state.model)?.classes.length ?? MOST_PREDICTIONS,
  );
  return html`<div class="explain">
    ${stage(state, stageActions)}
    <div class="side">
      <section class="card seen" aria-labelledby="seen-title">
        <h2 id="seen-title">What the model sees</h2>
        ${predictionBars(
          answer?.predictions ?? [],
          answer?.target.index ?? null,
          places,
          (index) => change("target", String(index)),
        )}
        <p class="timing">
          <span class="unseen">Where the time went:</span>
          ${
            answer?.cached
              ? html`<span
                  class="cached"
                  title="It had been computed before for the same picture and choices"
                  >from the cache</span
                >
                · `
              : nothing
          }${times.map(([name, ms]) => `${name} ${milliseconds(ms)}`).join(" · ") || "\u00a0"}
        </p>
      </section>
      ${choicesCard(state, choiceActions)}
    </div>
    <div class="below">
      ${evidenceCard(panel, {
        isOn: state.withEvidence,
        hasPicture: state.picture !== null,
        turn: (isOn) => {
          state.withEvidence = isOn;
          changed();
        },
        again: () => retry(state),
      })}
      ${takeCard(state, takeActions)}
    </div>
    <p class="unseen" id="status" role="status">${spoken()}</p>
  </div>`;
}

/** What has just been answered, for who hears the page. */
function spoken(): string {
  const { answer } = selectedPanel(state);
  const first = answer?.predictions[0];
  if (!answer || !first) return "";
  return `${first.label}, ${percent(first.probability)}. Explained: ${answer.target.label}.`;
}

/** Seconds are shown while something is computed. */
setInterval(() => {
  if (state.panels.some(({ asking }) => asking !== null)) redraw();
}, 1000);

export const explainView: View = {
  title: "Explain",
  enter: (path, query) => void enter(path, query),
  leave: () => {
    isShown = false;
  },
  template,
};
