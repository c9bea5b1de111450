// The service's own words for what it answers, under short names.

import type { components } from "./openapi";

type Schemas = components["schemas"];

export type Artifact = Schemas["Artifact"];
export type AtlasDocument = Schemas["AtlasDocument"];
export type AtlasGrid = Schemas["AtlasGrid"];
export type AtlasList = Schemas["AtlasList"];
export type AtlasSummary = Schemas["AtlasSummary"];
export type ChannelReader = Schemas["ChannelReader"];
export type Dataset = Schemas["DatasetSummary"];
export type DatasetDetails = Schemas["DatasetDetails"];
export type Explanation = Schemas["ExplanationAnswer"] &
  Partial<Pick<Schemas["AutoAnswer"], "chosen" | "ranking" | "left_out">>;
export type Evidence = Schemas["MapEvidence"];
export type FeatureMaps = Schemas["FeatureMapsAnswer"];
export type Filters = Schemas["FiltersAnswer"];
export type Job = Schemas["Job"];
export type JobList = Schemas["JobList"];
export type JobProgress = Schemas["JobProgress"];
export type JobStatus = Job["status"];
export type Layer = Schemas["LayerSummary"];
export type LocatedCell = Schemas["LocatedCell"];
export type Method = Schemas["MethodDescription"];
export type Model = Schemas["ModelSummary"];
export type ModelDetails = Schemas["ModelDetails"];
export type ModelList = Schemas["ModelList"];
export type NumberArray = Schemas["NumberArray"];
export type Prediction = Schemas["Prediction"];
export type Problem = Schemas["Problem"];
export type Readers = Schemas["ReadersAnswer"];
export type RankedMethod = Schemas["RankedMethod"];

/** Stages of a request and their milliseconds, in order. */
export type Times = readonly (readonly [stage: string, milliseconds: number])[];
