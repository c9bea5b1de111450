// What the service has: its models and methods, asked for once and until they are there.

import { redraw } from "./parts/draw";
import { ask } from "./service/ask";
import { isKeyWanted } from "./service/key";
import { Refusal } from "./service/refusal";
import type { Layer, Method, Model, ModelDetails, ModelList } from "./service/types";

export interface Known {
  models: readonly Model[];
  defaultModel: string;
  methods: readonly Method[];
  /** By name of the model, once they were asked for. */
  details: Map<string, ModelDetails>;
  layers: Map<string, readonly Layer[]>;
  /** Why there is nothing to choose from yet. */
  refusal: Refusal | null;
  isReady: boolean;
}

export const known: Known = {
  models: [],
  defaultModel: "",
  methods: [],
  details: new Map(),
  layers: new Map(),
  refusal: null,
  isReady: false,
};

const LOOK_AGAIN_SECONDS = 2;

/** Ask for models and methods until a worker is ready; then, once, `whenReady`. */
export async function learn(whenReady: () => void): Promise<void> {
  try {
    const [models, methods] = await Promise.all([
      ask<ModelList>("models"),
      ask<{ methods: Method[] }>("methods"),
    ]);
    known.models = models.body.models;
    known.defaultModel = models.body.default;
    known.methods = methods.body.methods;
    known.refusal = known.models.some(({ ready }) => ready) ? null : starting();
    known.isReady = known.refusal === null;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    known.refusal = error;
  }
  redraw();
  if (known.isReady) whenReady();
  // A key is entered before it is of use to ask again.
  else if (!isKeyWanted()) {
    const seconds = known.refusal?.retrySeconds ?? LOOK_AGAIN_SECONDS;
    setTimeout(() => void learn(whenReady), seconds * 1000);
  }
}

const starting = (): Refusal =>
  new Refusal({
    title: "The service is starting",
    detail: "No worker is ready yet. This takes some seconds; the page goes on by itself.",
    code: "no_worker",
    retrySeconds: LOOK_AGAIN_SECONDS,
  });

/** Learn a model's details and layers; asking twice is cheap. */
export async function learnModel(name: string): Promise<void> {
  if (!name || known.layers.has(name)) return;
  const path = `models/${encodeURIComponent(name)}`;
  const [details, layers] = await Promise.all([
    ask<ModelDetails>(path),
    ask<{ layers: Layer[] }>(`${path}/layers`),
  ]);
  known.details.set(name, details.body);
  known.layers.set(name, layers.body.layers);
  redraw();
}

/** The model that a view begins with. */
export const firstModel = (): string =>
  known.models.find(({ name }) => name === known.defaultModel)?.name ??
  known.models[0]?.name ??
  "";

export const modelOf = (name: string): Model | undefined =>
  known.models.find((model) => model.name === name);

export const methodOf = (name: string): Method | undefined =>
  known.methods.find((method) => method.name === name);
