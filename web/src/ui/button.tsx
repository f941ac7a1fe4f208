// Buttons with words and buttons with a sign.
import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./icons";
import { takesNoPressYet } from "./press";

type ButtonProps = {
  children: ComponentChildren;
  onPress?: () => void;
  look?: "primary" | "plain" | "quiet";
  size?: "large" | "plain";
  wide?: boolean;
  /** Looks and reads as not ready, but stays in reach: a press may still have an answer. */
  unready?: boolean;
  submit?: boolean;
  /** Commits, leaves or starts over: it takes no press until it has been seen. */
  final?: boolean;
  /** Every press counts, however quickly they come. */
  each?: boolean;
  describedBy?: string;
};

export function Button(props: ButtonProps) {
  const { children, onPress, look = "plain", size = "plain", wide, unready, submit } = props;
  const { final, each } = props;
  return (
    <button
      ref={final ? takesNoPressYet : null}
      type={submit ? "submit" : "button"}
      class="button"
      data-look={look}
      data-size={size}
      data-press={each && "each"}
      data-wide={wide || undefined}
      aria-disabled={unready || undefined}
      aria-describedby={props.describedBy}
      onClick={onPress}
    >
      {children}
    </button>
  );
}

type IconButtonProps = {
  icon: IconName;
  label: string;
  pressed?: boolean;
  onPress: () => void;
};

export function IconButton({ icon, label, pressed, onPress }: IconButtonProps) {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      onClick={onPress}
    >
      <Icon name={icon} />
    </button>
  );
}
