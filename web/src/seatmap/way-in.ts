// The view with which one goes into a section, and whether a view shows anything that can be chosen there.
import { sectionInsets } from "./draw/stage-pointer";
import { placeOf } from "./hand/start";
import { type Cells, type GradeFilter, isChoosable } from "./plan/cells";
import type { Point } from "./plan/geometry";
import { type Hall, sectionBox } from "./plan/plan";
import type { Camera } from "./view/camera";
import { intoSection, type View } from "./view/viewport";

/** A section near enough for a thumb, with a place of it in sight; the whole hall where there is none. */
export function viewInto(
  hall: Hall,
  camera: Camera,
  section: number | null,
  at: Point | null,
): View {
  const about = section === null ? undefined : hall.sections[section];
  if (!about) return camera.whole;
  const insets = sectionInsets(hall, about, camera.size);
  const view = intoSection(sectionBox(about), about.pitch, at, camera.size, insets);
  return at ? camera.revealing(view, at) : view;
}

/** Whether a seat that can be chosen is in sight, from where the present flight ends. */
export function seesChoosable(
  hall: Hall,
  camera: Camera,
  section: number,
  cells: Cells,
  grades: GradeFilter,
): boolean {
  const about = hall.sections[section];
  const view = camera.goal ?? camera.view;
  for (let seat = about?.seatFrom ?? 0; seat < (about?.seatTo ?? 0); seat += 1) {
    if (!isChoosable(hall, cells, seat, grades)) continue;
    if (camera.reveals(view, placeOf(hall, seat))) return true;
  }
  return false;
}
