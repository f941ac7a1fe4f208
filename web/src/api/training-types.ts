// What the server says of exercises and of one's progress, from its own description. Only types: nothing of this is
// fetched.
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Exercise = Schemas["Exercise"];
export type Progress = Schemas["Progress"];
export type HallProgress = Schemas["HallProgress"];
export type HallRun = Schemas["HallRun"];
export type StepProgress = Schemas["StepProgress"];
export type ExerciseProgress = Schemas["ExerciseProgress"];
export type ExerciseRun = Schemas["ExerciseRun"];
export type PressParts = Schemas["PressParts"];
