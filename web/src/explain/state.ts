// What the Explain view shows: the choices that all maps share, and a panel for each method.

import type { Refusal } from "../service/refusal";
import type { Evidence, Explanation, Times } from "../service/types";
import type { Picture } from "./picture";
import type { Cell, RawMap } from "./raw_map";

export interface Panel {
  /** For as long as the page lives. */
  id: number;
  method: string;
  /** The method's own, as written; what is left out has its default. */
  parameters: Record<string, string>;
  /** What was last asked for, in one word; "" for nothing. */
  asked: string;
  askedAt: number;
  asking: AbortController | null;
  answer: Explanation | null;
  map: RawMap | null;
  times: Times;
  refusal: Refusal | null;
  /** What was last measured, in one word. */
  measured: string;
  measuring: AbortController | null;
  evidence: Evidence | null;
  evidenceRefusal: Refusal | null;
  cell: Cell | null;
}

export interface ExplainState {
  picture: Picture | null;
  /** A sample is being fetched. */
  isPictureComing: boolean;
  /** The address names a picture of somebody else, or of another tab. */
  isPictureMissing: boolean;
  isDragging: boolean;
  pictureRefusal: Refusal | null;
  model: string;
  /** Index of a class as a word; "" for the most probable. */
  target: string;
  versus: string;
  layer: string;
  polarity: string;
  colormap: string;
  seed: string;
  opacity: number;
  withEvidence: boolean;
  panels: Panel[];
  /** Place of the panel whose settings and evidence are shown. */
  selected: number;
  language: "curl" | "python";
}

/** What most people have heard of. */
export const FIRST_METHOD = "gradcam";

/** Side by side on a wide screen, and as many as a person compares. */
export const MOST_PANELS = 4;

let lastId = 0;

export const newPanel = (method: string, parameters: Record<string, string> = {}): Panel => ({
  id: ++lastId,
  method,
  parameters,
  asked: "",
  askedAt: 0,
  asking: null,
  answer: null,
  map: null,
  times: [],
  refusal: null,
  measured: "",
  measuring: null,
  evidence: null,
  evidenceRefusal: null,
  cell: null,
});

export const firstState = (): ExplainState => ({
  picture: null,
  isPictureComing: false,
  isPictureMissing: false,
  isDragging: false,
  pictureRefusal: null,
  model: "",
  target: "",
  versus: "",
  layer: "",
  polarity: "",
  colormap: "",
  seed: "",
  opacity: 0.5,
  withEvidence: false,
  panels: [newPanel(FIRST_METHOD)],
  selected: 0,
  language: "curl",
});

export const selectedPanel = ({ panels, selected }: ExplainState): Panel =>
  panels[selected] ?? (panels[0] as Panel);
