// Whether somebody who is here may like a concert: they pressed a heart, or came with what they had liked elsewhere. Only
// then are there openings to remind of.
export const EVER_LIKED = "liked";
/** Whether somebody ever entered an opening in this browser: only then may they wait for a seat. */
export const EVER_ENTERED = "entered";
