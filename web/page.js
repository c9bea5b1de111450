// The page: one picture, the choices about it, and the answer to them.

import { curlLine } from "./curl.js";
import {
  clearAnswer,
  showExplanation,
  showNotes,
  showPredictions,
  showTimes,
  showWorking,
} from "./results.js";
import { explain, listMethods, listModels, Refusal } from "./service.js";

const COLORMAPS = [
  "jet", "turbo", "viridis", "inferno", "magma", "plasma", "cividis", "hot", "gray",
  "coolwarm", "RdBu_r", "seismic", "bwr",
];

/** What most people have heard of, where the service has it. */
const FIRST_METHOD = "gradcam";

const element = (id) => document.getElementById(id);
const [model, method, target, polarity, colormap, opacity] = [
  "model", "method", "target", "polarity", "colormap", "opacity",
].map(element);

let models = [];
let methods = [];
let picture = null;
let asking = new AbortController();
let retrying = 0;

const currentModel = () => models.find(({ name }) => name === model.value);
const currentMethod = () => methods.find(({ name }) => name === method.value);

/** Form fields of the current view, beside the picture and the opacity. */
const choices = () => ({
  model: model.value,
  target: target.value,
  polarity: polarity.value,
  colormap: colormap.value,
});

// ---- choices

/** Put options into a select, keeping what is chosen if it is still there. */
function fill(select, options) {
  const chosen = select.value;
  select.replaceChildren(...options.map(([value, text]) => new Option(text, value)));
  if (options.some(([value]) => value === chosen)) select.value = chosen;
}

function showChoices() {
  const { classes = [], input_shape: shape = [], ready = true } = currentModel() ?? {};
  fill(target, [["", "the most probable"], ...classes.map((label, index) => [String(index), label])]);
  element("model-hint").textContent = ready
    ? `${classes.length} classes, ${shape[1]} × ${shape[0]} pixels`
    : "not hosted by any worker at the moment";
  const { summary = "", cost = "" } = currentMethod() ?? {};
  element("method-hint").textContent = `${summary} Costs ${cost}.`;
  showCurl();
}

function showCurl() {
  const fileName = picture?.name || "photo.jpg";
  const fields = picture ? { ...choices(), outputs: "overlay", opacity: opacity.value } : {};
  element("curl").textContent = curlLine(method.value || "gradcam", fileName, fields);
}

function showOpacity() {
  element("colours").style.opacity = opacity.value;
  element("opacity-shown").textContent = `${Math.round(opacity.value * 100)} %`;
  showCurl();
}

/** Ask for models and methods until they are there. */
async function loadChoices() {
  try {
    const [known, listed] = await Promise.all([listModels(), listMethods()]);
    models = known.models;
    methods = listed;
    if (!models.some(({ ready }) => ready)) {
      throw new Refusal({
        title: "The service is starting",
        detail: "No worker is ready yet. This takes some seconds; the page goes on by itself.",
        retrySeconds: 2,
      });
    }
    fill(model, models.map(({ name }) => [name, name]));
    model.value = models.some(({ name }) => name === known.default) ? known.default : models[0].name;
    fill(method, methods.map(({ name, title }) => [name, title]));
    if (methods.some(({ name }) => name === FIRST_METHOD)) method.value = FIRST_METHOD;
    showNotes([]);
    showChoices();
    await update();
  } catch (error) {
    showRefusal(error, loadChoices);
  }
}

// ---- picture

function take(file) {
  if (!file) return;
  picture = file;
  target.value = "";
  const address = URL.createObjectURL(file);
  for (const id of ["original", "explained-original"]) {
    const shown = element(id);
    if (shown.src) URL.revokeObjectURL(shown.src);
    shown.src = address;
    // A picture that only the service can read, as TIFF, has its answer all the same.
    shown.onload = () => (shown.hidden = false);
    shown.onerror = () => (shown.hidden = true);
  }
  element("original").alt = "Your picture";
  element("explained-original").alt = "";
  element("original-caption").textContent = file.name || "Your picture";
  document.body.classList.remove("is-empty");
  clearAnswer();
  update();
}

// ---- answer

/** Explain the current picture as chosen; an answer that is no longer wanted is dropped. */
async function update() {
  showChoices();
  if (!picture || !model.value) return;
  asking.abort();
  clearTimeout(retrying);
  asking = new AbortController();
  const endWorking = showWorking(`${currentMethod().title} …`);
  try {
    // At full opacity the overlay is the map alone, so that the slider needs no further call.
    const options = { ...choices(), outputs: "overlay", opacity: "1" };
    const { body, times } = await explain(method.value, picture, options, asking.signal);
    showAnswer(body, times);
  } catch (error) {
    if (error.name === "AbortError") return;
    clearAnswer();
    showRefusal(error, update);
  } finally {
    endWorking();
  }
}

function showAnswer(answer, times) {
  showExplanation(answer, polarity.value || currentMethod().polarity);
  showPredictions(answer.predictions, answer.target.index, (index) => {
    target.value = String(index);
    update();
  });
  showTimes(times);
  showNotes(
    answer.warnings.map(({ detail }) => ({
      title: "This map explains nothing",
      text: `${detail[0].toUpperCase()}${detail.slice(1)}.`,
    })),
  );
  const [first] = answer.predictions;
  element("status").textContent =
    `${first.label}, ${Math.round(first.probability * 100)} percent. ` +
    `Explained: ${answer.target.label}.`;
}

function showRefusal(error, again) {
  if (!(error instanceof Refusal)) throw error;
  clearTimeout(retrying);
  if (error.retrySeconds !== null) retrying = setTimeout(again, error.retrySeconds * 1000);
  showNotes([
    {
      title: error.title,
      text: error.message,
      isError: true,
      retry: error.retrySeconds === null ? null : again,
    },
  ]);
}

// ---- wiring

element("file").addEventListener("change", ({ target: input }) => {
  take(input.files[0]);
  // So that choosing the same file again counts.
  input.value = "";
});
element("drop").addEventListener("click", ({ target: clicked }) => {
  if (!clicked.closest("label")) element("file").click();
});
element("choices").addEventListener("submit", (event) => event.preventDefault());
for (const select of [method, target, polarity, colormap]) {
  select.addEventListener("change", update);
}
model.addEventListener("change", () => {
  target.value = "";
  update();
});
opacity.addEventListener("input", showOpacity);

document.addEventListener("paste", ({ clipboardData }) => take(clipboardData.files[0]));
document.addEventListener("dragover", (event) => {
  event.preventDefault();
  document.body.classList.add("is-dragging");
});
document.addEventListener("dragleave", ({ relatedTarget }) => {
  if (relatedTarget === null) document.body.classList.remove("is-dragging");
});
document.addEventListener("drop", (event) => {
  event.preventDefault();
  document.body.classList.remove("is-dragging");
  take(event.dataTransfer.files[0]);
});

element("copy").addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(element("curl").textContent);
    element("copy").textContent = "Copied";
  } catch {
    // Browsers give the clipboard to pages of this machine and of HTTPS alone.
    getSelection().selectAllChildren(element("curl"));
    element("copy").textContent = "Selected";
  }
  setTimeout(() => (element("copy").textContent = "Copy"), 1500);
});

fill(colormap, [["", "automatic"], ...COLORMAPS.map((name) => [name, name])]);
showOpacity();
loadChoices();
