// Whether somebody ever liked a concert in this browser: only then are there openings to remind of.
export const EVER_LIKED = "liked";
/** Whether somebody ever entered an opening in this browser: only then may they wait for a seat. */
export const EVER_ENTERED = "entered";
