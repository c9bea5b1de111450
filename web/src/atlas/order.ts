// The order of a new atlas: what was chosen, what it will cost, and that it begins.

import { parametersOf } from "../features/parameters";
import { cancelJob, submitJob } from "../jobs/asking";
import { standing } from "../jobs/wording";
import { firstModel, known, learnModel, modelOf } from "../known";
import { redraw } from "../parts/draw";
import { hashOf } from "../parts/place";
import { propertiesOf, type Properties } from "../parts/schema_form";
import { ask, refusalFrom } from "../service/ask";
import { Refusal } from "../service/refusal";
import type { Dataset, Job } from "../service/types";

export const KIND = "atlas";

/** What a dry run answers. */
export interface Estimate {
  images: number;
  activations: number;
  cells: number;
  icon_steps: number;
}

interface Order {
  model: string;
  datasets: readonly Dataset[] | null;
  /** As written; what is left out has its default. */
  written: Record<string, string>;
  properties: Properties | null;
  estimate: Estimate | null;
  isAsking: boolean;
  refusal: Refusal | null;
}

export const order: Order = {
  model: "",
  datasets: null,
  written: { quality: "draft" },
  properties: null,
  estimate: null,
  isAsking: false,
  refusal: null,
};

interface OpenApi {
  components: { schemas: Record<string, unknown> };
}

/** Learn what there is to choose from. */
export async function beginOrder(): Promise<void> {
  if (!known.isReady) return;
  if (!modelOf(order.model)) order.model = firstModel();
  learnModel(order.model).catch(() => setTimeout(() => void beginOrder(), 2000));
  try {
    const [datasets, openApi] = await Promise.all([
      ask<{ datasets: Dataset[] }>("datasets"),
      order.properties ? null : ask<OpenApi>("openapi.json"),
    ]);
    order.datasets = datasets.body.datasets;
    if (openApi) {
      order.properties = propertiesOf(openApi.body.components.schemas["AtlasParameters"]);
    }
    const isThere = order.datasets.some(({ id }) => id === order.written["dataset"]);
    if (!isThere) order.written["dataset"] = order.datasets[0]?.id ?? "";
  } catch (error) {
    order.refusal = refusalFrom(error);
  }
  redraw();
}

/** Write a parameter; what it would cost is to be asked anew. */
export function write(name: string, value: string): void {
  if (value === "") delete order.written[name];
  else order.written[name] = value;
  if (name === "class_filter" && value === "") delete order.written["versus"];
  order.estimate = null;
  redraw();
}

export function chooseModel(model: string): void {
  const { dataset = "", quality = "draft" } = order.written;
  Object.assign(order, { model, estimate: null, written: { dataset, quality } });
  void beginOrder();
  redraw();
}

const parameters = (): Record<string, unknown> =>
  parametersOf(order.written, order.properties ?? {});

/** Ask what the atlas would cost; the job that answers is deleted again. */
export const askCost = (): Promise<void> =>
  asking(async () => {
    const job = await submitJob(KIND, order.model, { ...parameters(), dry_run: true }, true);
    if (job.status !== "succeeded") {
      throw new Refusal({
        title: "What it costs is not known yet",
        detail: standing(job),
        code: job.error?.code ?? "",
        retrySeconds: job.status === "failed" ? null : 1,
      });
    }
    order.estimate = (await ask<Estimate>(resultPath(job))).body;
    await cancelJob(job.id);
  });

const resultPath = ({ id }: Job): string => `jobs/${encodeURIComponent(id)}/result`;

/** Begin it, and go where it is followed. */
export const start = (): Promise<void> =>
  asking(async () => {
    const job = await submitJob(KIND, order.model, parameters());
    location.hash = hashOf("atlas", [job.id]);
  });

async function asking(wish: () => Promise<void>): Promise<void> {
  Object.assign(order, { isAsking: true, refusal: null });
  redraw();
  try {
    await wish();
  } catch (error) {
    order.refusal = refusalFrom(error);
  }
  order.isAsking = false;
  redraw();
}
