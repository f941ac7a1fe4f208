// Log out, log out everywhere, delete: the page then begins anew as somebody who was never here.
import { deleteMe, logOut, logOutEverywhere } from "#/api/account";
import { forgetAllBut } from "#/platform/forgetting";
import { openAnew } from "#/platform/sharing";

/** About the browser, not about the person. */
const OF_THE_BROWSER = ["language", "theme", "install"];

const LEAVINGS = {
  out: logOut,
  everywhere: logOutEverywhere,
  deleted: deleteMe,
} as const;
export type Leaving = keyof typeof LEAVINGS;

export const isLeaving = (word: string | null): word is Leaving =>
  word !== null && Object.hasOwn(LEAVINGS, word);

export async function leaveAccount(how: Leaving): Promise<void> {
  await LEAVINGS[how]();
  forgetAllBut(OF_THE_BROWSER);
  openAnew(`/me?left=${how}`);
}
