// Whether somebody ever liked a concert in this browser: only then are there openings to remind of.
export const EVER_LIKED = "liked";
