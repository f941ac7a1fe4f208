// Which nicknames a room takes, told before the server is asked, by the same rules. Pure.

const NAME_LENGTH_MAX = 20;

/** What is wrong with a name. */
export type NameFault = "empty" | "long" | "forbidden";

/** Keyboards of phones ask for the coloured form of a sign with it; the sign is the same without. */
const COLOURED = /\ufe0f/gu;
/** Control and format characters, halves of pairs, private and unassigned ones, and whatever cannot be seen. */
const HIDDEN =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u;
/** Marks that stand on nothing, or so many on one character that they reach into other lines. */
const PILED = /^\p{M}|\p{Zs}\p{M}|\p{M}{4}/u;

/** A name as the server keeps it, or what is wrong with it. The server has the last word. */
export function readName(typed: string): { name: string } | { fault: NameFault } {
  const name = typed
    .normalize("NFC")
    .replaceAll(COLOURED, "")
    .replaceAll(/\p{Zs}+/gu, " ")
    .trim();
  if (name === "") return { fault: "empty" };
  if (HIDDEN.test(name) || PILED.test(name)) return { fault: "forbidden" };
  return Array.from(name).length > NAME_LENGTH_MAX ? { fault: "long" } : { name };
}
