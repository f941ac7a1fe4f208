// One part: exercises and progress, and what helps in a race.
export { GhostBefore, GhostLine } from "../frame/ghost-line";
export { HintLine } from "../frame/hint-line";
export { ProgressPage } from "../progress/progress-page";
export { SoldOut } from "../seats/sold-out";
export { ExerciseResult } from "./exercise-result";
export { ExerciseRow } from "./exercise-row";
export { GoalLine } from "./goal-line";
